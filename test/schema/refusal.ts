import { expect } from "vitest";
import { DescentError } from "../../src/errors.ts";
import { expectChinese } from "../chinese.ts";

/** What a check of an experiment refuses: one line, of a length that can be read, and in Chinese, too. */
export function refusalOf(check: () => unknown): string {
  const error = experimentError(check);
  expectChinese(error);
  const { message } = error;
  expect(message).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  expect(message.length).toBeLessThan(1000);
  return message;
}

/** The "experiment" error that a check throws; anything else fails the test. */
export function experimentError(check: () => unknown): DescentError {
  try {
    check();
  } catch (error) {
    expect(error).toBeInstanceOf(DescentError);
    expect((error as DescentError).kind).toBe("experiment");
    return error as DescentError;
  }
  throw new Error("nothing was refused");
}
