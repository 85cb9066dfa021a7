import type { Experiment } from "../train/protocol.ts";
import type { RunChange } from "./run-changes.ts";
import type { RunSeries } from "./series.ts";

/** A training session, as the list of runs shows it. */
export interface RunRecord {
  readonly id: string;
  /** When it began, in milliseconds since 1970. */
  readonly begun: number;
  /** Which of the memorable names it has. */
  readonly nameNumber: number;
  /** What the visitor calls it, where that is something else. */
  readonly name: string | undefined;
  readonly preset: string | undefined;
  /** As it began. */
  readonly first: Experiment;
  /** As it is now, or ended. */
  readonly experiment: Experiment;
  readonly stepsPerEpoch: number | undefined;
  /** What is different in `first`, and from what. */
  readonly difference: RunDifference;
  /** Where the experiment was changed while it trained. */
  readonly marks: readonly RunMark[];
  /** The colour of its curve on the chart; undefined: it is not drawn. The present run has colour 0. */
  readonly slot: number | undefined;
  readonly series: RunSeries;
}

export interface RunDifference {
  /** "nothing": there is no run or preset that it could be told from. */
  readonly from: "run" | "preset" | "nothing";
  readonly changes: readonly RunChange[];
}

export interface RunMark {
  /** The last step before the change. */
  readonly step: number;
  readonly changes: readonly RunChange[];
}

/** There are so many memorable names. The words themselves are loaded only to show them. */
export const NAMES = 3600;

/** Whether curves of two experiments are worth laying over each other: the same kind of data, and the same loss. */
export function isComparable(a: Experiment, b: Experiment): boolean {
  return a.data.kind === b.data.kind && a.loss.kind === b.loss.kind;
}
