import type { Dataset } from "../data/dataset.ts";
import { dataSources } from "../data/sources.ts";
import { DescentError } from "../errors.ts";
import { type Experiment, parseExperiment } from "../nn/experiment.ts";
import { ofKind } from "../nn/of-kind.ts";
import type { Backend } from "./backend.ts";
import { catalogue } from "./catalogue.ts";
import { Datasets } from "./datasets.ts";
import { draftExperiment } from "./draft-experiment.ts";
import { MetricsFeed } from "./metrics-feed.ts";
import { openBackend } from "./open-backend.ts";
import { problemOf } from "./problem.ts";
import type { CallName, Calls, DataFile, Draft, Opened, OpenOptions, Report, SampleValues } from "./protocol.ts";
import { describeDataset, sampleValues } from "./sample-values.ts";
import { Trainer } from "./trainer.ts";
import { Watching } from "./watching.ts";

/** Time of a submit in milliseconds: the screen shares the GPU. */
const TARGET_MS = 16;

/** A GPU that crashes again within this time, in milliseconds, is not opened once more. */
const CRASH_AGAIN_MS = 60_000;

/** The run that is open. */
interface OpenRun {
  readonly backend: Backend;
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  readonly trainer: Trainer;
}

/**
 * What the page asks of the worker that trains: owns the device, the data and the trainer. Calls that change the run
 * follow one another; each ends what is training first.
 */
export class Session {
  readonly #report: (report: Report) => void;
  readonly #datasets = new Datasets();
  readonly #feed: MetricsFeed;
  readonly #watching: Watching;
  readonly #openBackend: () => Promise<Backend>;
  #device: Promise<Backend> | undefined;
  #run: OpenRun | undefined;
  /** The data of the last draft. */
  #drafted: Dataset | undefined;
  /** Counts drafts: data that takes long to make is not to stand in place of a later draft's. */
  #drafts = 0;
  #stop = new AbortController();
  /** What is under way; the next begins after it. */
  #turn: Promise<unknown> = Promise.resolve();
  #stepsPerSecond: number | null = null;
  /** Training is what was asked for last, whether or not a crash holds it up just now. */
  #isTraining = false;
  /** A device was lost, and the run is being opened on another one. */
  #isRecovering = false;
  /** The run has come to its end once: training it further goes beyond. */
  #hasFinished = false;
  /** What went wrong with the last device. */
  #failure: DescentError | undefined;
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(report: (report: Report) => void, open: () => Promise<Backend> = openBackend) {
    this.#report = report;
    this.#openBackend = open;
    this.#feed = new MetricsFeed((batch) => report({ kind: "metrics", ...batch }));
    this.#watching = new Watching(report);
  }

  /** Opens the device ahead of the first experiment, which then need not wait for it. What fails is told to who needs it. */
  prepare(): void {
    this.#backend().catch(() => undefined);
  }

  /** Answers a call; throws what it refuses. */
  readonly calls: { readonly [C in CallName]: (argument: Calls[C]["argument"]) => Promise<Calls[C]["result"]> } = {
    catalogue: async () => catalogue(),
    parse: async (value) => parseExperiment(value),
    draft: ({ experiment, files }) => this.#draft(experiment, files),
    open: ({ experiment, options }) => this.#instead((signal) => this.#open(experiment, options, signal)),
    train: async () => this.#train(),
    pause: () => this.#instead(async () => undefined),
    step: (count) => this.#instead((signal) => this.#advance(signal, count)),
    rewind: () => this.#instead(async () => this.#rewind()),
    set: (change) => this.#set(change),
    speed: async (stepsPerSecond) => this.#setSpeed(stepsPerSecond),
    samples: async (asked) => this.#samples(asked),
    rates: async (asked) => (await import("./scheduled-rates.ts")).scheduledRates(asked),
    watch: async (requests) => void this.#watching.watch(requests),
  };

  async #draft(experiment: Experiment, files: readonly DataFile[] | undefined): Promise<Draft> {
    const draft = ++this.#drafts;
    const dataset = await this.#datasets.load(experiment, files);
    if (draft === this.#drafts) this.#drafted = dataset;
    return draftExperiment(experiment, dataset);
  }

  /** Ends what is under way, then does this; `signal` tells when the next call wants its turn. */
  #alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#stop.abort();
    const stop = new AbortController();
    this.#stop = stop;
    const turn = this.#turn.then(() => work(stop.signal));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Ends the training, then does this. */
  #instead<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#isTraining = false;
    return this.#alone(work);
  }

  #opened(): OpenRun {
    if (this.#run !== undefined) return this.#run;
    throw new DescentError("validation", "no experiment is open; open one first");
  }

  #backend(): Promise<Backend> {
    if (this.#device !== undefined) return this.#device;
    const device = this.#openBackend().then((backend) => {
      backend.onFailure((failure) => this.#recover(failure));
      return backend;
    });
    this.#device = device;
    // The next call may find one.
    device.catch(() => {
      if (this.#device === device) this.#device = undefined;
    });
    return device;
  }

  async #open(experiment: Experiment, { files, inherit, renamed }: OpenOptions, signal: AbortSignal): Promise<Opened> {
    const dataset = await this.#datasets.load(experiment, files);
    const backend = await this.#backend();
    const trainer = await Trainer.create(backend, experiment, dataset);
    const before = this.#run;
    let kept: string[] | undefined;
    try {
      if (before !== undefined && inherit !== "nothing") kept = await trainer.inherit(before.trainer, inherit, renamed);
      backend.assertAlive();
    } catch (error) {
      trainer.destroy();
      throw error;
    }
    this.#run = { backend, experiment, dataset, trainer };
    this.#watching.follow(this.#run);
    before?.trainer.destroy();
    this.#hasFinished &&= inherit === "everything" && isSame(before?.experiment.stop, experiment.stop);
    if (inherit !== "everything") this.#feed.reset();
    const { task } = ofKind(dataSources, experiment.data.kind);
    const names = trainer.weightNames;
    // The loss before the first step, unless something else is asked for meanwhile.
    if (!signal.aborted && trainer.steps === 0)
      this.#alone((next) => this.#validate(trainer, next)).catch(() => undefined);
    return {
      summary: trainer.summary,
      data: describeDataset(dataset, task),
      device: { kind: backend.kind, name: backend.name },
      step: trainer.steps,
      kept,
      begun: kept === undefined ? [] : names.filter((name) => !kept.includes(name)),
      live: trainer.live,
    };
  }

  async #validate(trainer: Trainer, signal: AbortSignal): Promise<void> {
    const metrics = await trainer.validate(signal);
    this.#report({ kind: "validation", step: trainer.steps, metrics });
  }

  #train(): undefined {
    if (!this.#isRecovering) this.#opened();
    this.#isTraining = true;
    // Then it goes on by itself once it is open again.
    if (this.#isRecovering) return undefined;
    this.#alone((signal) => this.#advance(signal)).catch((error: unknown) => {
      // Of a device that failed, what became of its recovery is told.
      if (error !== this.#failure) this.#fail(error);
    });
    return undefined;
  }

  #fail(error: unknown): void {
    this.#isTraining = false;
    this.#report({ kind: "failed", problem: problemOf(error) });
  }

  /** Trains so many steps, or until the run ends by itself or the next call wants its turn. */
  async #advance(signal: AbortSignal, count = Number.POSITIVE_INFINITY): Promise<undefined> {
    const { trainer } = this.#opened();
    const last = trainer.steps + count;
    this.#feed.start();
    this.#watching.start();
    try {
      while (!signal.aborted && trainer.steps < last) {
        const pace = this.#stepsPerSecond;
        const steps = pace === null ? last - trainer.steps : 1;
        const began = performance.now();
        const end = await trainer.train({
          signal,
          targetMs: TARGET_MS,
          steps,
          beyond: this.#hasFinished,
          onMetrics: (rows) => {
            this.#feed.add(rows);
            this.#watching.refresh();
          },
          onValidation: ({ step, ...metrics }) => this.#report({ kind: "validation", step, metrics }),
        });
        if (end === "finished") {
          this.#isTraining = false;
          this.#hasFinished = true;
          this.#feed.stop();
          this.#report({ kind: "finished", step: trainer.steps });
          return undefined;
        }
        if (pace !== null && trainer.steps < last) await rest(began + 1000 / pace - performance.now(), signal);
      }
    } catch (error) {
      // It was put back to some seconds before.
      if (error instanceof DescentError && error.kind === "diverged") this.#return(trainer, "diverged");
      throw error;
    } finally {
      this.#feed.stop();
      this.#watching.stop();
    }
    return undefined;
  }

  #return(trainer: Trainer, cause: "diverged" | "device-lost"): void {
    this.#feed.flush();
    this.#watching.refresh();
    this.#report({ kind: "returned", step: trainer.steps, cause });
  }

  #rewind(): undefined {
    const { trainer } = this.#opened();
    trainer.rewind();
    this.#hasFinished = false;
    this.#feed.reset();
    this.#watching.refresh();
    this.#alone((signal) => this.#validate(trainer, signal)).catch(() => undefined);
    return undefined;
  }

  async #set({ name, value }: Calls["set"]["argument"]): Promise<undefined> {
    if (this.#isRecovering) await this.#turn;
    this.#opened().trainer.set(name, value);
  }

  async #setSpeed(stepsPerSecond: number | null): Promise<undefined> {
    this.#stepsPerSecond = stepsPerSecond;
    if (this.#isTraining && this.#run !== undefined) this.#train();
    return undefined;
  }

  #samples({ part, from, count, drafted = false }: Calls["samples"]["argument"]): SampleValues {
    const dataset = (drafted ? this.#drafted : undefined) ?? this.#opened().dataset;
    return sampleValues(dataset, dataset[part], from, count);
  }

  /** After a crash of the GPU: another device, the last checkpoint, and on as before. The second within a minute is told. */
  async #recover(failure: DescentError): Promise<void> {
    const run = this.#run;
    const isAgain = performance.now() - this.#failedAt < CRASH_AGAIN_MS;
    this.#failure = failure;
    this.#failedAt = performance.now();
    this.#device = undefined;
    this.#run = undefined;
    this.#watching.leave();
    // What is being opened is refused by itself.
    if (run === undefined) return;
    try {
      if (isAgain || failure.kind !== "device-lost") throw failure;
      this.#isRecovering = true;
      await this.#alone(() => this.#reopen(run, failure)).finally(() => {
        this.#isRecovering = false;
      });
      if (this.#isTraining) this.#train();
    } catch (error) {
      this.#fail(error);
    } finally {
      run.trainer.destroy();
      run.backend.destroy();
    }
  }

  async #reopen({ experiment, dataset, ...lost }: OpenRun, failure: DescentError): Promise<void> {
    // Another experiment was opened before it was this one's turn.
    if (this.#run !== undefined) return;
    const backend = await this.#backend();
    // A browser may give no GPU any more: the CPU would take too long, or compute something slightly different.
    if (backend.kind !== lost.backend.kind) throw failure;
    const trainer = await Trainer.create(backend, experiment, dataset);
    for (const [name, value] of lost.trainer.live) trainer.set(name, value);
    trainer.resume(lost.trainer.checkpoint);
    this.#run = { backend, experiment, dataset, trainer };
    this.#watching.follow(this.#run);
    this.#return(trainer, "device-lost");
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Waits, but no longer than until the signal. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, ms));
    signal.addEventListener("abort", end);
  });
}
