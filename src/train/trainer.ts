import type { Dataset } from "../data/dataset.ts";
import { DescentError } from "../errors.ts";
import type { Gpu } from "../gpu/device.ts";
import { compile } from "../graph/compile.ts";
import { Executor } from "../graph/executor.ts";
import { isReserved } from "../graph/metrics-ring.ts";
import { nameOfVariable } from "../graph/ops/variable.ts";
import type { StepMetrics } from "../graph/run-options.ts";
import { formatShape, type Shape, sameShape, sizeOf } from "../graph/tensor.ts";
import { arrayOf, type Values } from "../graph/values.ts";
import { describeModel } from "../nn/describe-model.ts";
import type { Experiment } from "../nn/experiment.ts";
import type { Metric } from "../nn/metric.ts";
import { holdsSamples } from "./batches.ts";
import { divergenceOf } from "./divergence.ts";
import { metricsOfExperiment } from "./evaluated.ts";
import { type EvaluationStep, evaluationStep } from "./evaluation-step.ts";
import { type Metrics, metricsOf } from "./metric-sums.ts";
import { StopRule } from "./stop-rule.ts";
import { LEARNING_RATE, type TrainingStep, trainingStep } from "./training-step.ts";

export type { Metrics };

/** What a run is before it starts. */
export interface TrainingSummary {
  readonly adapter: string;
  readonly parameters: number;
  /** Of a forward pass for one sample. */
  readonly flops: number;
  readonly dispatchesPerStep: number;
  /** Bytes on the GPU, of training and validation together. */
  readonly peakBytes: number;
  readonly stepsPerEpoch: number;
  /** Steps to the end; Infinity where no stop condition says. */
  readonly totalSteps: number;
}

export interface TrainOptions {
  /** Pauses: `train` may be called again, and goes on where it stood. */
  readonly signal?: AbortSignal;
  /** GPU time of a submit in milliseconds, where the screen shares the GPU. */
  readonly targetMs?: number;
  /** Every step, in order: `step`, `loss`, `learningRate` and the experiment's metrics, of the step's batch. */
  readonly onMetrics?: (rows: readonly StepMetrics[]) => void;
  /** Metrics of all validation samples after so many steps. */
  readonly onValidation?: (metrics: StepMetrics) => void;
}

/** How often what was learned is copied out, so that a divergence can be looked into, in milliseconds. */
const SNAPSHOT_MS = 3000;

/** Steps between validations where the experiment does not say: an epoch, but within these. */
const VALIDATION_STEPS = { min: 100, max: 1000 };

/** Trains an experiment on one device. Owns two plans: the training step, and the evaluation of a validation batch. */
export class Trainer {
  readonly experiment: Experiment;
  readonly summary: TrainingSummary;
  readonly #gpu: Gpu;
  readonly #dataset: Dataset;
  readonly #step: TrainingStep;
  readonly #evaluation: EvaluationStep;
  readonly #metrics: readonly Metric[];
  readonly #training: Executor;
  readonly #validating: Executor;
  readonly #stopRule: StopRule;
  /** What the run had learned some time ago. */
  #snapshot: Map<string, Values>;
  #snapshotAt = performance.now();
  /** Live numbers that were changed while it ran. */
  readonly #changed = new Map<string, number>();
  /** The executor's steps when this run's count was 0. */
  #origin = 0;
  #validated: StepMetrics | undefined;

  private constructor(
    gpu: Gpu,
    experiment: Experiment,
    dataset: Dataset,
    step: TrainingStep,
    evaluation: EvaluationStep,
    executors: readonly [training: Executor, validating: Executor],
  ) {
    [this.#training, this.#validating] = executors;
    this.experiment = experiment;
    this.#gpu = gpu;
    this.#dataset = dataset;
    this.#step = step;
    this.#evaluation = evaluation;
    this.#metrics = metricsOfExperiment(experiment, dataset);
    this.#stopRule = new StopRule(experiment.stop);
    this.summary = summaryOf(gpu, step, executors);
    this.#snapshot = step.initialState();
    for (const [tensor, values] of step.uploads) this.#training.write(tensor, values);
    for (const [tensor, values] of evaluation.uploads) this.#validating.write(tensor, values);
    this.#restore(this.#snapshot);
  }

  /**
   * Compiles the experiment and puts data and first weights on the GPU. Throws what the experiment, its model and its
   * data refuse, "limit" and "out-of-memory".
   */
  static async create(gpu: Gpu, experiment: Experiment, dataset: Dataset): Promise<Trainer> {
    const step = trainingStep(experiment, dataset);
    const evaluation = evaluationStep(experiment, dataset);
    const training = await Executor.create(gpu, compile(step.program, gpu.profile));
    try {
      const validating = await Executor.create(gpu, compile(evaluation.program, gpu.profile));
      return new Trainer(gpu, experiment, dataset, step, evaluation, [training, validating]);
    } catch (error) {
      training.destroy();
      throw error;
    }
  }

  /** Steps done whose metrics have come back. */
  get steps(): number {
    return this.#training.steps - this.#origin;
  }

  /** Submits of training steps. */
  get submits(): number {
    return this.#training.submits;
  }

  /**
   * Trains to the next stop condition, or until the signal. Validates after every so many steps, and at the end.
   * Throws "diverged" at the step whose loss is no finite number, with the run put back to before; and the device's
   * failures.
   */
  async train(options: TrainOptions = {}): Promise<"finished" | "stopped"> {
    const { signal } = options;
    const every = this.#validationInterval();
    while (!this.#isFinished()) {
      if (signal?.aborted) return "stopped";
      const target = Math.min(this.summary.totalSteps, (Math.floor(this.steps / every) + 1) * every);
      await this.#advance(target, options);
      if (this.steps < target) continue;
      const metrics = await this.#validation(signal);
      if (metrics !== undefined) options.onValidation?.(metrics);
    }
    return "finished";
  }

  /** Runs exactly so many steps, without validation, whatever the stop conditions. */
  async advance(steps: number, options: TrainOptions = {}): Promise<void> {
    const target = this.steps + steps;
    while (this.steps < target && !options.signal?.aborted) await this.#advance(target, options);
  }

  /** Metrics of all validation samples with the present weights, or their average. Throws the signal's reason. */
  async validate(signal?: AbortSignal): Promise<Metrics> {
    const { averages } = this.#step;
    this.#validating.copyFrom(this.#training, (name) =>
      holdsSamples(name) || name === nameOfVariable(this.#evaluation.cursor) ? undefined : (averages.get(name) ?? name),
    );
    this.#validating.write(this.#evaluation.cursor, [0]);
    const sums: Record<string, number> = {};
    const onMetrics = (rows: readonly StepMetrics[]) => {
      for (const row of rows) {
        for (const [name, value] of Object.entries(row)) sums[name] = (sums[name] ?? 0) + value;
      }
    };
    await this.#validating.run(this.#evaluation.batches, signal === undefined ? { onMetrics } : { onMetrics, signal });
    signal?.throwIfAborted();
    return metricsOf(this.#metrics, sums);
  }

  /** Changes a live number while it runs, without a reset: "learningRate", "weightDecay", "beta1", "dropout_1.rate". */
  set(name: string, value: number): void {
    const scalar = this.#step.live.get(name);
    if (scalar === undefined) {
      const known = [...this.#step.live.keys()].join(", ");
      throw new DescentError("experiment", `there is no live number "${name}"; there are ${known}`);
    }
    this.#changed.set(name, value);
    if (this.#has(name)) this.#training.write(scalar.tensor, [value]);
  }

  /** Metrics of the last validation, if there was one. */
  get validated(): StepMetrics | undefined {
    return this.#validated;
  }

  /**
   * Back to the first weights, the first batch and the first random numbers; live numbers stay as they were set. Not
   * while it trains.
   */
  rewind(): void {
    this.#restore(this.#step.initialState());
    this.#stopRule.reset();
    this.#validated = undefined;
  }

  /** The model's parameters and statistics, or the parameters' averages where they are kept. */
  async weights(): Promise<ReadonlyMap<string, { shape: Shape; values: Float32Array<ArrayBuffer> }>> {
    const { model, averages } = this.#step;
    const tensors = [...model.parameters, ...model.statistics];
    const source = new Map(tensors.map(({ name }) => [name, averages.get(name) ?? name]));
    const wanted = new Set(source.values());
    const state = await this.#training.readState((name) => wanted.has(name));
    const initial = this.#step.initialState();
    return new Map(
      tensors.map(({ name, tensor }) => {
        // A variable that makes no difference to the run has no place on the GPU, and keeps its first values.
        const values = state.get(source.get(name) as string) ?? initial.get(name);
        return [name, { shape: tensor.shape, values: values as Float32Array<ArrayBuffer> }];
      }),
    );
  }

  /** Puts weights in place of the run's own: all of them, or nothing where a name or shape does not fit. */
  writeWeights(
    weights: ReadonlyMap<string, { readonly shape: Shape; readonly values: Float32Array<ArrayBuffer> }>,
  ): void {
    const { model, averages } = this.#step;
    const known = new Map([...model.parameters, ...model.statistics].map(({ name, tensor }) => [name, tensor.shape]));
    const state = new Map<string, Values>();
    for (const [name, { shape, values }] of weights) {
      const expected = known.get(name);
      if (expected === undefined) {
        throw new DescentError("data", `the weights have "${name}"; the model has ${[...known.keys()].join(", ")}`);
      }
      if (!sameShape(shape, expected)) {
        const shapes = `${formatShape(shape)}; the model's is ${formatShape(expected)}`;
        throw new DescentError("data", `"${name}" is of shape ${shapes}: take weights of this very model`);
      }
      for (const target of [name, averages.get(name)]) {
        if (target !== undefined && this.#has(target)) state.set(target, values);
      }
    }
    this.#training.writeState(state);
  }

  /** Frees everything on the GPU. */
  destroy(): void {
    this.#training.destroy();
    this.#validating.destroy();
  }

  /** Whether a variable makes a difference to the step; one that makes none has no place on the GPU. */
  #has(name: string): boolean {
    return this.#training.plan.variables.has(name);
  }

  #isFinished(): boolean {
    return this.steps >= this.summary.totalSteps || this.#stopRule.holds;
  }

  #validationInterval(): number {
    const { min, max } = VALIDATION_STEPS;
    return this.experiment.validateEvery ?? Math.min(max, Math.max(min, this.summary.stepsPerEpoch));
  }

  async #validation(signal: AbortSignal | undefined): Promise<StepMetrics | undefined> {
    try {
      const metrics: StepMetrics = { ...(await this.validate(signal)), step: this.steps };
      this.#validated = metrics;
      this.#stopRule.see(metrics);
      return metrics;
    } catch (error) {
      if (signal?.aborted && error === signal.reason) return undefined;
      throw error;
    }
  }

  /** Runs towards a step, for as long as a snapshot is good for. */
  async #advance(target: number, { signal, targetMs, onMetrics }: TrainOptions): Promise<void> {
    if (performance.now() - this.#snapshotAt > SNAPSHOT_MS) await this.#takeSnapshot();
    const pause = AbortSignal.timeout(SNAPSHOT_MS);
    const origin = this.#origin;
    const receive = (rows: readonly StepMetrics[]) => {
      const metrics = rows.map((row) => this.#metricsOfStep(row, origin));
      const bad = metrics.findIndex(({ loss }) => !Number.isFinite(loss));
      onMetrics?.(bad === -1 ? metrics : metrics.slice(0, bad));
      if (bad === -1) return;
      throw new Divergence(metrics[bad] as StepMetrics);
    };
    try {
      await this.#training.run(target - this.steps, {
        signal: signal === undefined ? pause : AbortSignal.any([signal, pause]),
        onMetrics: receive,
        ...(targetMs === undefined ? {} : { targetMs }),
      });
    } catch (error) {
      if (!(error instanceof Divergence)) throw error;
      throw await this.#explain(error);
    }
  }

  #metricsOfStep({ step, [LEARNING_RATE]: learningRate, ...sums }: StepMetrics, origin: number): StepMetrics {
    return { ...metricsOf(this.#metrics, sums), learningRate: learningRate as number, step: step - origin };
  }

  async #takeSnapshot(): Promise<void> {
    this.#snapshot = await this.#training.readState((name) => !holdsSamples(name));
    this.#snapshotAt = performance.now();
  }

  /** What a loss that is not finite comes from; afterwards the run stands where the last snapshot was taken. */
  async #explain({ metrics }: Divergence): Promise<DescentError> {
    const { step, loss = Number.NaN } = metrics;
    const snapshot = this.#snapshot;
    const error = await divergenceOf({
      gpu: this.#gpu,
      experiment: this.experiment,
      dataset: this.#dataset,
      step,
      loss,
      learningRate: metrics.learningRate as number,
      stateBefore: async (wanted) => {
        this.#restore(snapshot);
        if (wanted - 1 < this.steps) return undefined;
        await this.#training.run(wanted - 1 - this.steps);
        return this.#training.readState((name) => !holdsSamples(name));
      },
    });
    this.#restore(snapshot);
    return error;
  }

  #restore(state: ReadonlyMap<string, Values>): void {
    const whole = new Map<string, Values>();
    for (const [name, { dtype, shape }] of this.#training.plan.variables) {
      if (holdsSamples(name) || isReserved(name)) continue;
      whole.set(name, state.get(name) ?? new (arrayOf(dtype))(sizeOf(shape)));
    }
    for (const [name, value] of this.#changed) if (this.#has(name)) whole.set(name, Float32Array.of(value));
    this.#training.writeState(whole);
    this.#snapshot = whole;
    const [steps] = whole.get("step") ?? [0];
    this.#origin = this.#training.steps - (steps as number);
  }
}

/** Ends a run whose loss is no finite number. */
class Divergence extends Error {
  readonly metrics: StepMetrics;

  constructor(metrics: StepMetrics) {
    super("diverged");
    this.metrics = metrics;
  }
}

function summaryOf(
  { profile }: Gpu,
  { model, stepsPerEpoch, totalSteps }: TrainingStep,
  executors: readonly Executor[],
): TrainingSummary {
  const nodes = [...describeModel(model).values()];
  const total = (of: (node: (typeof nodes)[number]) => number) => nodes.reduce((sum, node) => sum + of(node), 0);
  return {
    adapter: [profile.vendor, profile.architecture].filter((part) => part !== "").join(" "),
    parameters: total(({ parameters }) => parameters),
    flops: total(({ flops }) => flops),
    dispatchesPerStep: executors[0]?.plan.dispatches.length ?? 0,
    peakBytes: executors.reduce((sum, { plan }) => sum + plan.memory.total, 0),
    stepsPerEpoch,
    totalSteps,
  };
}
