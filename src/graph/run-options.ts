import { DescentError } from "../errors.ts";

/** Metrics of one step; steps count from 1. */
export type StepMetrics = Readonly<Record<string, number>> & { readonly step: number };

export interface RunOptions {
  /** Steps recorded into one submit, 1 or more; default: as many as fill `targetMs`. */
  readonly stepsPerSubmit?: number;
  /** GPU time that one submit should take, in milliseconds, more than 0; 16 where the screen shares the GPU. */
  readonly targetMs?: number;
  /** Stops after the submits in flight. */
  readonly signal?: AbortSignal;
  /** Called when the metrics of a submit have come back, with one entry a step. */
  readonly onMetrics?: (metrics: readonly StepMetrics[]) => void;
}

/** Refuses what is no number of steps, or no time. */
export function checkRun(steps: number, { stepsPerSubmit = 1, targetMs = 1 }: RunOptions): void {
  const refuse = (message: string) => new DescentError("validation", message);
  if (steps !== Number.POSITIVE_INFINITY && !(Number.isInteger(steps) && steps >= 0)) {
    throw refuse(`a run is of a whole number of steps; ${steps} were given; use 0 or more, or Infinity with a signal`);
  }
  if (!(Number.isInteger(stepsPerSubmit) && stepsPerSubmit >= 1)) {
    throw refuse(`stepsPerSubmit is a whole number; ${stepsPerSubmit} was given; use 1 or more, or leave it out`);
  }
  if (!(targetMs > 0)) {
    throw refuse(`targetMs is a time in milliseconds; ${targetMs} was given; use more than 0, or leave it out`);
  }
}
