import { expect } from "vitest";
import { DescentError } from "../../src/errors.ts";

/** The message of the "data" error that `run` throws; anything else fails the test. */
export async function refusal(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(DescentError);
    expect((error as DescentError).kind).toBe("data");
    return (error as DescentError).message;
  }
  throw new Error("nothing was refused");
}
