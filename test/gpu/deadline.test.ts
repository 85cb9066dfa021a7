import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withDeadline } from "../../src/gpu/deadline.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const never = new Promise<never>(() => undefined);

test("an answer in time is passed on and leaves no timer", async () => {
  expect(await withDeadline(Promise.resolve(5), 100, "it")).toBe(5);
  await expect(withDeadline(Promise.reject(new Error("no")), 100, "it")).rejects.toThrow("no");
  await Promise.resolve();
  expect(vi.getTimerCount()).toBe(0);
});

test("silence past the deadline is a typed timeout", async () => {
  const answer = expect(withDeadline(never, 100, "the reading")).rejects.toMatchObject({
    kind: "timeout",
    message: "the GPU does not answer: the reading took more than 100 ms",
  });
  await vi.advanceTimersByTimeAsync(101);
  await answer;
  expect(vi.getTimerCount()).toBe(0);
});

test("a timer held up by a blocked thread gives the GPU its whole time again", async () => {
  let failed = false;
  const answer = withDeadline(never, 100, "the reading").catch(() => {
    failed = true;
  });
  const now = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 60_000); // the machine slept
  await vi.advanceTimersByTimeAsync(101);
  expect(failed).toBe(false);
  now.mockRestore();
  vi.setSystemTime(Date.now());
  await vi.advanceTimersByTimeAsync(200_000);
  await answer;
  expect(failed).toBe(true);
});
