import { expect } from "vitest";
import { DescentError } from "../../src/errors.ts";

/** What a check of an experiment refuses: one line, of a length that can be read. */
export function refusalOf(check: () => unknown): string {
  try {
    check();
  } catch (error) {
    expect(error).toBeInstanceOf(DescentError);
    const { kind, message } = error as DescentError;
    expect(kind).toBe("experiment");
    expect(message).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(message.length).toBeLessThan(1000);
    return message;
  }
  throw new Error("nothing was refused");
}
