import { grouped } from "../data/data-error.ts";
import { duration, metricList } from "./wording.ts";

/** Where a run stands. */
export interface Progress {
  /** Steps done. */
  readonly step: number;
  /** Steps to do in all; Infinity where the run ends by something else. */
  readonly totalSteps: number;
  /** `loss` and the experiment's metrics, of the last step. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly batchSize: number;
  readonly stepsPerSecond: number | undefined;
}

const BAR = { least: 10, most: 30 };

/** One line of at most `columns` characters: first the bar gets shorter, then the last things are left out. */
export function progressLine(progress: Progress, columns: number): string {
  const parts = partsOf(progress);
  while (parts.length > 1 && lengthOf(parts) + 2 + BAR.least > columns) parts.pop();
  const room = columns - lengthOf(parts) - 2;
  const bar = room < BAR.least || progress.totalSteps === Infinity ? [] : [barOf(progress, Math.min(room, BAR.most))];
  return [...bar, ...parts].join("  ").slice(0, columns);
}

/** The same without a bar, for a log. */
export function progressText(progress: Progress): string {
  return partsOf(progress).join("  ");
}

/** The most important first. */
function partsOf({ step, totalSteps, metrics, batchSize, stepsPerSecond }: Progress): string[] {
  const endless = totalSteps === Infinity;
  const parts = [
    endless ? `step ${grouped(step)}` : `step ${grouped(step)}/${grouped(totalSteps)}`,
    ...metricList(metrics),
  ];
  if (stepsPerSecond === undefined) return parts;
  const speed = stepsPerSecond * batchSize;
  parts.push(`${speed < 10 ? speed.toFixed(1) : grouped(Math.round(speed))} samples/s`);
  if (!endless) parts.push(`${duration((totalSteps - step) / stepsPerSecond)} left`);
  return parts;
}

function barOf({ step, totalSteps }: Progress, width: number): string {
  const full = Math.floor((width * Math.min(step, totalSteps)) / Math.max(totalSteps, 1));
  return "█".repeat(full) + "░".repeat(width - full);
}

function lengthOf(parts: readonly string[]): number {
  return parts.join("  ").length;
}
