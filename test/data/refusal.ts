import { expect } from "vitest";
import { DescentError } from "../../src/errors.ts";
import { expectChinese } from "../chinese.ts";

/** The message of the "data" error that `run` throws, which must be in Chinese, too. */
export async function refusal(run: () => unknown): Promise<string> {
  const error = await dataError(run);
  expectChinese(error);
  return error.message;
}

/** The "data" error that `run` throws; anything else fails the test. */
export async function dataError(run: () => unknown): Promise<DescentError> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(DescentError);
    expect((error as DescentError).kind).toBe("data");
    return error as DescentError;
  }
  throw new Error("nothing was refused");
}
