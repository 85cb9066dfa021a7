import type { Browser, Page } from "@playwright/test";

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time in microseconds. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * What the page's main thread computes while something is done: the processor time of each of its tasks, in
 * milliseconds. What others take of the processor meanwhile does not count.
 */
export async function taskTimes(browser: Browser, page: Page, act: () => Promise<unknown>): Promise<readonly number[]> {
  await browser.startTracing(page, { categories: ["toplevel"] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mains = traceEvents
    .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
    .map(({ pid, tid }) =>
      traceEvents
        .filter((event) => event.pid === pid && event.tid === tid && event.name === "ThreadControllerImpl::RunTask")
        .map(({ tdur = 0 }) => tdur / 1000),
    );
  // The browser's own window has a page, too, which does nothing.
  return mains.reduce((busiest, times) => (sum(times) > sum(busiest) ? times : busiest), []);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
