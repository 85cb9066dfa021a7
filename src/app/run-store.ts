import { createStore } from "zustand/vanilla";
import type { Draft, Opened, Problem } from "../train/protocol.ts";
import type { RunSeries } from "./series.ts";

/** The run on the page: where it stands, and what the engine says of it. */
export interface RunState {
  /**
   * "opening": data and plan are being made. "invalid": the experiment cannot be trained as it is. "failed": training
   * stopped by itself.
   */
  readonly status: "opening" | "invalid" | "ready" | "training" | "paused" | "finished" | "failed";
  /** Training begins or goes on as soon as the experiment is open. */
  readonly resumes: boolean;
  /** What the canvas says of the model; the last one that is known. */
  readonly draft: Draft | undefined;
  readonly opened: Opened | undefined;
  /** What trains; known from the first time that something was opened. */
  readonly device: Opened["device"] | undefined;
  /** What is wrong with the experiment as a whole, or what stopped the run. */
  readonly problem: Problem | undefined;
  readonly step: number;
  /** The newest values, of the batch and of the validation samples. */
  readonly loss: number | undefined;
  readonly metrics: Readonly<Record<string, number>>;
  readonly validation: Readonly<Record<string, number>> | undefined;
  /** Steps a second over the last second of training. */
  readonly stepsPerSecond: number | undefined;
  /** Steps a second at most; null: as fast as it goes. */
  readonly speed: number | null;
  readonly series: RunSeries;
  /** Grows with every new run, so that screens begin anew. */
  readonly run: number;
  /** News in one sentence that passes: which weights were kept, that the GPU was opened anew. */
  readonly notice: Notice | undefined;
}

/** What is known of the experiment at hand since it is open; while an edit is opened, that is of the one before. */
export function openedNow({ status, opened }: RunState): Opened | undefined {
  return status === "invalid" || status === "opening" ? undefined : opened;
}

export type Notice =
  | { readonly kind: "kept"; readonly kept: readonly string[]; readonly begun: readonly string[] }
  | { readonly kind: "recovered"; readonly step: number };

export function createRunStore(series: RunSeries) {
  return createStore<RunState>(() => ({
    status: "opening",
    resumes: false,
    draft: undefined,
    opened: undefined,
    device: undefined,
    problem: undefined,
    step: 0,
    loss: undefined,
    metrics: {},
    validation: undefined,
    stepsPerSecond: undefined,
    speed: null,
    series,
    run: 0,
    notice: undefined,
  }));
}

export type RunStore = ReturnType<typeof createRunStore>;
