import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SharedTime } from "../../../src/train/shared-time.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

test("what is under way alone is charged all the time, and what overlaps its part", () => {
  const time = new SharedTime();
  const slow = time.begin();
  vi.advanceTimersByTime(100);
  const fast = time.begin();
  vi.advanceTimersByTime(10);
  expect(time.end(fast)).toBe(5);
  vi.advanceTimersByTime(20);
  expect(time.end(slow)).toBe(125);
});

test("time when nothing is under way is charged to nobody", () => {
  const time = new SharedTime();
  vi.advanceTimersByTime(50);
  const first = time.begin();
  vi.advanceTimersByTime(1);
  expect(time.end(first)).toBe(1);
  vi.advanceTimersByTime(50);
  const second = time.begin();
  vi.advanceTimersByTime(2);
  expect(time.end(second)).toBe(2);
});
