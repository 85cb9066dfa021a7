/** What a run tells whoever started it, in this order. */
export interface Output {
  /** What takes a while before the first step. */
  preparing(what: string): void;
  plan(plan: PlanReport): void;
  /** Of one step each. */
  metrics(rows: readonly StepMetrics[]): void;
  validation(metrics: StepMetrics): void;
  /** Trained to its end. */
  done(result: RunResult & { readonly validation: Readonly<Record<string, number>> }): void;
  /** Stopped by Ctrl-C. */
  stopped(result: RunResult): void;
  saved(path: string): void;
  /** Nothing more comes: an error may be told next. */
  end(): void;
}

/** `step`, `loss` and the experiment's metrics. */
export type StepMetrics = Readonly<Record<string, number>> & { readonly step: number };

export interface PlanReport {
  readonly adapter: string;
  readonly parameters: number;
  readonly dispatchesPerStep: number;
  /** Bytes of GPU memory. */
  readonly peakBytes: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

export interface RunResult {
  readonly steps: number;
  /** Of the last step; undefined where there was none. */
  readonly loss: number | undefined;
  /** Without the time of validations. */
  readonly stepsPerSecond: number;
  readonly submits: number;
}
