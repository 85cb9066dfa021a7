import type { Dataset } from "../data/dataset.ts";
import { DescentError } from "../errors.ts";
import { nameOfVariable } from "../graph/ops/variable.ts";
import type { Replay } from "../graph/replay.ts";
import type { StepMetrics } from "../graph/run-options.ts";
import type { Values } from "../graph/values.ts";
import type { Experiment } from "../nn/experiment.ts";
import type { Metric } from "../nn/metric.ts";
import type { Backend } from "./backend.ts";
import { holdsSamples } from "./batches.ts";
import { divergenceOf } from "./divergence.ts";
import { metricsOfExperiment } from "./evaluated.ts";
import { type EvaluationStep, evaluationStep } from "./evaluation-step.ts";
import { heritageOf, renamedVariable } from "./heritage.ts";
import { type Metrics, metricsOf } from "./metric-sums.ts";
import { requireQuickSteps } from "./require-quick-steps.ts";
import { isFiniteState, type Snapshot, stateOf } from "./snapshot.ts";
import { StopRule } from "./stop-rule.ts";
import { LEARNING_RATE, type TrainingStep, trainingStep } from "./training-step.ts";
import { summaryOf, type TrainingSummary } from "./training-summary.ts";
import { checkWeights, type Weight, type Weights } from "./weights.ts";

export type { Metrics };

export interface TrainOptions {
  /** Pauses: `train` may be called again, and goes on where it stood. */
  readonly signal?: AbortSignal;
  /** Time of a submit in milliseconds, where the screen shares the GPU. */
  readonly targetMs?: number;
  /** Every step, in order: `step`, `loss`, `learningRate` and the experiment's metrics, of the step's batch. */
  readonly onMetrics?: (rows: readonly StepMetrics[]) => void;
  /** Metrics of all validation samples after so many steps. */
  readonly onValidation?: (metrics: StepMetrics) => void;
  /** Stops after so many steps; for single steps and slow motion. */
  readonly steps?: number;
  /** Goes on where the stop conditions have ended the run. */
  readonly beyond?: boolean;
}

/** What a run takes over from another: all that was learned and counted, or the weights alone, for a new beginning. */
export type Legacy = "everything" | "weights";

/** How often what was learned is copied out, so that a divergence can be looked into, in milliseconds. */
const SNAPSHOT_MS = 3000;

/** Steps between validations where the experiment does not say: an epoch, but within these. */
const VALIDATION_STEPS = { min: 100, max: 1000 };

/**
 * Trains an experiment on one device. Owns two plans: the training step, and the evaluation of a validation batch. Does
 * one thing at a time: while it trains or validates, only `set`, `weights` and `destroy` may be called; the others throw
 * "validation".
 */
export class Trainer {
  readonly experiment: Experiment;
  readonly summary: TrainingSummary;
  readonly #backend: Backend;
  readonly #dataset: Dataset;
  readonly #step: TrainingStep;
  readonly #evaluation: EvaluationStep;
  readonly #metrics: readonly Metric[];
  readonly #training: Replay;
  readonly #validating: Replay;
  #busy = false;
  #stopRule: StopRule;
  #validated: StepMetrics | undefined;
  #snapshot: Snapshot;
  /** The one before it. A run that diverges goes back to this: the last may be of weights on their way to infinity. */
  #earlier: Snapshot;
  #snapshotAt = performance.now();
  /** Live numbers that were set, for good. */
  readonly #live = new Map<string, number>();
  /** The replay's steps when this run's count was 0. */
  #origin = 0;

  private constructor(
    backend: Backend,
    experiment: Experiment,
    dataset: Dataset,
    step: TrainingStep,
    evaluation: EvaluationStep,
    replays: readonly [training: Replay, validating: Replay],
  ) {
    [this.#training, this.#validating] = replays;
    this.experiment = experiment;
    this.#backend = backend;
    this.#dataset = dataset;
    this.#step = step;
    this.#evaluation = evaluation;
    this.#metrics = metricsOfExperiment(experiment, dataset);
    this.summary = summaryOf(backend, step, this.#training.plan, this.#validating.plan);
    for (const [tensor, values] of step.uploads) this.#training.write(tensor, values);
    for (const [tensor, values] of evaluation.uploads) this.#validating.write(tensor, values);
    this.#snapshot = this.#beginning();
    this.#earlier = this.#snapshot;
    this.#stopRule = this.#snapshot.stopRule;
    this.#goTo(this.#snapshot);
  }

  /**
   * Compiles the experiment and puts data and first weights on the device. Throws what the experiment, its model and its
   * data refuse, "limit" and "out-of-memory"; nothing stays allocated then.
   */
  static async create(backend: Backend, experiment: Experiment, dataset: Dataset): Promise<Trainer> {
    const step = trainingStep(experiment, dataset);
    const evaluation = evaluationStep(experiment, dataset);
    requireQuickSteps(backend, step.program);
    const training = await backend.create(step.program);
    let validating: Replay | undefined;
    try {
      validating = await backend.create(evaluation.program);
      return new Trainer(backend, experiment, dataset, step, evaluation, [training, validating]);
    } catch (error) {
      training.destroy();
      validating?.destroy();
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
   * Throws "diverged" at the step whose loss is no finite number, with the run put back to some seconds before; and the
   * device's failures.
   */
  train(options: TrainOptions = {}): Promise<"finished" | "stopped"> {
    return this.#alone(() => this.#train(options));
  }

  /** Runs exactly so many steps, without validation, whatever the stop conditions. Throws as `train` does. */
  advance(steps: number, options: TrainOptions = {}): Promise<void> {
    return this.#alone(async () => {
      const target = this.steps + steps;
      while (this.steps < target && !options.signal?.aborted) await this.#advance(target, options);
    });
  }

  /** Metrics of all validation samples with the present weights, or their average. Throws the signal's reason. */
  validate(signal?: AbortSignal): Promise<Metrics> {
    return this.#alone(() => this.#evaluate(signal));
  }

  /** Changes a live number while it runs, without a reset: "learningRate", "weightDecay", "beta1", "dropout_1.rate". */
  set(name: string, value: number): void {
    const scalar = this.#step.live.get(name);
    if (scalar === undefined) {
      const known = [...this.#step.live.keys()].join(", ");
      throw new DescentError("experiment", `there is no live number "${name}"; there are ${known}`);
    }
    if (!Number.isFinite(value)) {
      throw new DescentError("experiment", `"${name}" cannot be ${value}; give a finite number`);
    }
    this.#live.set(name, value);
    if (!this.#has(name)) return;
    this.#training.write(scalar.tensor, [value]);
    const after = this.#training.submitted - this.#origin;
    this.#snapshot.changes.push({ after, tensor: scalar.tensor, value });
  }

  /** Where the run stood some seconds ago, for `resume` on another device. */
  get checkpoint(): Snapshot {
    return this.#snapshot;
  }

  /** Goes on from a checkpoint of the same experiment, with the live numbers as they are set here. */
  resume(checkpoint: Snapshot): void {
    this.#assertIdle();
    this.#goTo({ ...checkpoint, state: this.#withLive(checkpoint.state), changes: [] });
  }

  /** Numbers that `set` may change, with their present values. */
  get live(): ReadonlyMap<string, number> {
    return new Map([...this.#step.live].map(([name, { value }]) => [name, this.#live.get(name) ?? value]));
  }

  /** Metrics of the last validation, if there was one. */
  get validated(): StepMetrics | undefined {
    return this.#validated;
  }

  /** Back to the first weights, the first batch and the first random numbers; live numbers stay as they were set. */
  rewind(): void {
    this.#assertIdle();
    this.#goTo(this.#beginning());
  }

  /** Names of the model's parameters and statistics. */
  get weightNames(): string[] {
    const { model } = this.#step;
    return [...model.parameters, ...model.statistics].map(({ name }) => name);
  }

  /** The model's parameters and statistics, or the parameters' averages where they are kept. */
  async weights(): Promise<Weights> {
    const { model, averages } = this.#step;
    const tensors = [...model.parameters, ...model.statistics];
    const source = new Map(tensors.map(({ name }) => [name, averages.get(name) ?? name]));
    const wanted = new Set(source.values());
    const state = await this.#training.readState((name) => wanted.has(name));
    // A variable that makes no difference to the run has no place on the GPU, and keeps its first values.
    const initial = state.size === wanted.size ? undefined : this.#step.initialState();
    return new Map(
      tensors.map(({ name, tensor }): [string, Weight] => {
        const values = state.get(source.get(name) as string) ?? initial?.get(name);
        return [name, { shape: tensor.shape, values: values as Weight["values"] }];
      }),
    );
  }

  /**
   * Puts weights in place of the run's own, which stay where none are named. Throws "data" where a name, shape or value
   * is none of this model's, and then changes nothing.
   */
  writeWeights(weights: Weights): void {
    this.#assertIdle();
    const { model, averages } = this.#step;
    checkWeights(weights, model);
    const state = new Map<string, Values>();
    for (const [name, { values }] of weights) {
      for (const target of [name, averages.get(name)]) {
        if (target !== undefined && this.#has(target)) state.set(target, values);
      }
    }
    this.#training.writeState(state);
    // Neither of them is of these weights.
    this.#snapshotAt = Number.NEGATIVE_INFINITY;
    this.#validated = undefined;
  }

  /**
   * Goes on from where another run stands, which must be idle, as far as its layers and variables fit; what the
   * experiment says stays this run's own. `renamed`: ids of nodes there, with those here. Gives the parameters and
   * statistics that were taken over.
   */
  async inherit(from: Trainer, legacy: Legacy, renamed: ReadonlyMap<string, string> = new Map()): Promise<string[]> {
    this.#assertIdle();
    from.#assertIdle();
    const weights = new Set(this.weightNames);
    const goesOn = legacy === "everything";
    const nameHere = (name: string) => renamedVariable(name, renamed);
    const theirs = new Map([...from.#training.plan.variables].map(([name, type]) => [nameHere(name), type]));
    const fits = heritageOf(this.#step.model, this.#training.plan.variables, theirs);
    const isWanted = (name: string) => (goesOn ? !this.#isGiven(name) : weights.has(name)) && fits(name);
    const read = await from.#training.readState((name) => isWanted(nameHere(name)));
    const state = new Map([...read].map(([name, values]) => [nameHere(name), values]));
    // Averages that were not kept begin at the weights that were.
    for (const [parameter, average] of this.#step.averages) {
      const values = state.get(parameter);
      if (values !== undefined && !state.has(average) && this.#has(average)) state.set(average, values);
    }
    const beginning = this.#beginning();
    const course = goesOn ? { stopRule: from.#stopRule.under(this.experiment.stop), validated: from.#validated } : {};
    this.#goTo({ ...beginning, ...course, state: new Map([...beginning.state, ...state]) });
    return [...state.keys()].filter((name) => weights.has(name));
  }

  /** Copies the present weights, or their averages, into another plan of the same model, on the device; also while it trains. */
  lendWeights(to: Replay): void {
    const { averages } = this.#step;
    const { cursor } = this.#evaluation;
    to.copyFrom(this.#training, (name) =>
      holdsSamples(name) || name === nameOfVariable(cursor) ? undefined : (averages.get(name) ?? name),
    );
  }

  /** Frees everything on the device. */
  destroy(): void {
    this.#training.destroy();
    this.#validating.destroy();
  }

  /** Whether a variable makes a difference to the step; one that makes none has no place on the device. */
  #has(name: string): boolean {
    return this.#training.plan.variables.has(name);
  }

  /** Whether a variable is what the experiment says, and nothing that was learned. */
  #isGiven(name: string): boolean {
    return name === "seed" || this.#step.live.has(name) || holdsSamples(name);
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#assertIdle();
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }

  #assertIdle(): void {
    if (!this.#busy) return;
    throw new DescentError("validation", "the trainer is at work; await it, or stop it by its signal");
  }

  async #train(options: TrainOptions): Promise<"finished" | "stopped"> {
    const { min, max } = VALIDATION_STEPS;
    const { stepsPerEpoch } = this.summary;
    const totalSteps = options.beyond ? Number.POSITIVE_INFINITY : this.summary.totalSteps;
    const every = this.experiment.validateEvery ?? Math.min(max, Math.max(min, stepsPerEpoch));
    const end = this.steps + (options.steps ?? Number.POSITIVE_INFINITY);
    for (;;) {
      const isLast = this.steps >= totalSteps;
      // A pause may have come before the validation.
      const isDue = this.steps > 0 && this.#validated?.step !== this.steps && (isLast || this.steps % every === 0);
      if (!isDue && (isLast || (this.#stopRule.holds && !options.beyond))) return "finished";
      if (options.signal?.aborted) return "stopped";
      if (isDue) await this.#validate(options);
      else if (this.steps >= end) return "stopped";
      else await this.#advance(Math.min(totalSteps, end, (Math.floor(this.steps / every) + 1) * every), options);
    }
  }

  /** A validation that counts, unless the signal ends it. */
  async #validate({ signal, onValidation }: TrainOptions): Promise<void> {
    let metrics: Metrics;
    try {
      metrics = await this.#evaluate(signal);
    } catch (error) {
      if (signal?.aborted && error === signal.reason) return;
      throw error;
    }
    const { loss = Number.NaN } = metrics;
    // The last step may have spoilt the weights without a loss that says so.
    if (!Number.isFinite(loss) && !isFiniteState(await this.#learned())) {
      throw await this.#divergence(this.steps + 1, loss);
    }
    this.#validated = { ...metrics, step: this.steps };
    this.#stopRule = this.#stopRule.after(metrics);
    onValidation?.(this.#validated);
  }

  async #evaluate(signal: AbortSignal | undefined): Promise<Metrics> {
    const { cursor, batches } = this.#evaluation;
    this.lendWeights(this.#validating);
    this.#validating.write(cursor, [0]);
    const sums: Record<string, number> = {};
    const onMetrics = (rows: readonly StepMetrics[]) => {
      for (const row of rows) {
        for (const [name, value] of Object.entries(row)) sums[name] = (sums[name] ?? 0) + value;
      }
    };
    await this.#validating.run(batches, signal === undefined ? { onMetrics } : { onMetrics, signal });
    signal?.throwIfAborted();
    return metricsOf(this.#metrics, sums);
  }

  /** Runs towards a step, for as long as a snapshot is good for. */
  async #advance(target: number, { signal, targetMs, onMetrics }: TrainOptions): Promise<void> {
    const isOld = () => performance.now() - this.#snapshotAt > SNAPSHOT_MS;
    if (isOld()) await this.#takeSnapshot();
    const pause = new AbortController();
    const origin = this.#origin;
    const bad: StepMetrics[] = [];
    const receive = (rows: readonly StepMetrics[]) => {
      // Of submits that were under way when it diverged.
      if (bad.length > 0) return;
      const metrics = rows.map((row) => this.#metricsOfStep(row, origin));
      const first = metrics.findIndex(({ loss }) => !Number.isFinite(loss));
      if (first !== -1) bad.push(...metrics.splice(first));
      if (bad.length > 0 || isOld()) pause.abort();
      if (metrics.length > 0) onMetrics?.(metrics);
    };
    await this.#training.run(target - this.steps, {
      signal: signal === undefined ? pause.signal : AbortSignal.any([signal, pause.signal]),
      onMetrics: receive,
      ...(targetMs === undefined ? {} : { targetMs }),
    });
    const [diverged] = bad;
    if (diverged !== undefined) throw await this.#divergence(diverged.step, diverged.loss as number);
  }

  #metricsOfStep({ step, [LEARNING_RATE]: learningRate, ...sums }: StepMetrics, origin: number): StepMetrics {
    return { ...metricsOf(this.#metrics, sums), learningRate: learningRate as number, step: step - origin };
  }

  /** All that changes from step to step. */
  #learned(): Promise<Map<string, Values>> {
    return this.#training.readState((name) => !holdsSamples(name));
  }

  /** Copies out what was learned, and keeps it if it is finite. */
  async #takeSnapshot(): Promise<void> {
    const { changes } = this.#snapshot;
    const [earlier, stopRule, validated] = [changes.length, this.#stopRule, this.#validated];
    const state = await this.#learned();
    const isOfOtherWeights = this.#snapshotAt === Number.NEGATIVE_INFINITY;
    this.#snapshotAt = performance.now();
    if (!isFiniteState(state)) return;
    const snapshot = { state, stopRule, validated, changes: changes.slice(earlier) };
    this.#earlier = isOfOtherWeights ? snapshot : this.#snapshot;
    this.#snapshot = snapshot;
  }

  /** What a loss that is not finite comes from; afterwards the run stands where the last snapshot but one was taken. */
  async #divergence(step: number, loss: number): Promise<DescentError> {
    const snapshot = { ...this.#snapshot, changes: [...this.#snapshot.changes] };
    try {
      return await divergenceOf({
        backend: this.#backend,
        experiment: this.experiment,
        dataset: this.#dataset,
        step,
        loss,
        learningRate: this.#live.get("learningRate") ?? this.experiment.optimizer.learningRate,
        stateBefore: (wanted) => this.#stateAfter(wanted - 1, snapshot),
      });
    } finally {
      this.#goTo({ ...this.#earlier, state: this.#withLive(this.#earlier.state), changes: [] });
    }
  }

  /** What the run had learned after so many steps, by doing them again from a snapshot; undefined where that is later. */
  async #stateAfter(steps: number, { state, changes }: Snapshot): Promise<ReadonlyMap<string, Values> | undefined> {
    this.#restore(state);
    if (steps < this.steps) return undefined;
    for (const { after, tensor, value } of changes) {
      if (after > steps) break;
      await this.#training.run(after - this.steps);
      this.#training.write(tensor, [value]);
    }
    await this.#training.run(steps - this.steps);
    return this.#learned();
  }

  /** Before the first step. */
  #beginning(): Snapshot {
    return {
      state: this.#withLive(stateOf(this.#training.plan, this.#step.initialState())),
      stopRule: new StopRule(this.experiment.stop),
      validated: undefined,
      changes: [],
    };
  }

  /** A state with the live numbers as they were last set. */
  #withLive(state: ReadonlyMap<string, Values>): ReadonlyMap<string, Values> {
    const set = [...this.#live].filter(([name]) => this.#has(name));
    return new Map([...state, ...set.map(([name, value]) => [name, Float32Array.of(value)] as const)]);
  }

  /** Lets the run stand where a snapshot was taken. */
  #goTo(snapshot: Snapshot): void {
    this.#restore(snapshot.state);
    this.#stopRule = snapshot.stopRule;
    this.#validated = snapshot.validated;
    this.#snapshot = snapshot;
    this.#earlier = snapshot;
    this.#snapshotAt = performance.now();
  }

  #restore(state: ReadonlyMap<string, Values>): void {
    this.#training.writeState(state);
    const [steps] = state.get("step") ?? [0];
    this.#origin = this.#training.steps - (steps as number);
  }
}
