import { DescentError } from "../errors.ts";

/** How long the GPU may stay silent, in milliseconds, where nobody said otherwise. */
export const DEFAULT_DEADLINE_MS = 10_000;

/** A timer this much too late, in milliseconds, was itself held up: the thread was blocked or the machine asleep. */
const LATE_MS = 1_000;

/**
 * The value of `promise`, or a "timeout" error when it has not settled after `ms` milliseconds. The timer is cleared
 * as soon as the promise settles. A timer that fires late proves nothing about the GPU, because its answer was held
 * up as well; then the GPU is given the whole time again.
 */
export function withDeadline<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const due = performance.now() + ms;
      timer = setTimeout(() => {
        if (performance.now() > due + LATE_MS) wait();
        else reject(new DescentError("timeout", `the GPU does not answer: ${what} took more than ${ms} ms`));
      }, ms);
    };
    wait();
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
