import type { DataFile, Experiment, Opened, Problem } from "../train/protocol.ts";
import { type Change, changeOf, differs } from "./change.ts";
import { type Engine, EngineError, type News } from "./engine.ts";
import type { ExperimentStore } from "./experiment-store.ts";
import type { RunState, RunStore } from "./run-store.ts";
import type { RunsStore } from "./runs-store.ts";
import { RunSeries } from "./series.ts";
import type { ViewsStore } from "./views-store.ts";

/** Edits that follow one another faster than this, in milliseconds, are compiled once. */
const SETTLE_MS = 120;

const INHERITED = { continue: "everything", keep: "weights", restart: "nothing" } as const;

interface Stores {
  readonly experiments: ExperimentStore;
  readonly run: RunStore;
  readonly runs: RunsStore;
  readonly views: ViewsStore;
}

/**
 * Keeps the run in step with the experiment: every edit is drafted at once, for the canvas, and opened on the device when
 * edits settle, as gently as the change allows. Data flows one way: experiment → engine → run.
 */
export class Conductor {
  readonly #engine: Engine;
  readonly #stores: Stores;
  /** The experiment that the engine trains. */
  #open: Experiment | undefined;
  /** Whether another experiment was put in place of the one that the run on the page is of, and is not open yet. */
  #isAnother = false;
  /** Counts what was put in place of all before, an experiment or files: what was being opened meanwhile is history. */
  #beginnings = 0;
  /** Whether the weights have been trained, in this run or in one that they were kept from. */
  #hasLearned = false;
  /** Counts edits: what is answered about an older one is passed over. */
  #edits = 0;
  /** The newest of them, as long as it is on its way to the engine. */
  #settling: Promise<void> | undefined;
  /** What is being opened; the next waits for it, because what it may keep depends on it. */
  #opening: Promise<unknown> = Promise.resolve();
  /** Single steps that were asked for while one was under way. */
  #stepsAhead = 0;
  #rate = { at: 0, step: 0 };

  constructor(engine: Engine, stores: Stores) {
    this.#engine = engine;
    this.#stores = stores;
    stores.experiments.subscribe(({ experiment, openings }, before) => {
      if (experiment === undefined || experiment === before.experiment) return;
      if (openings !== before.openings) this.#begin(experiment);
      else this.#follow(experiment);
    });
  }

  /** Trains, or pauses what is training. */
  toggle(): Promise<void> {
    const { status, resumes } = this.#run;
    return status === "training" || resumes ? this.pause() : this.train();
  }

  /** Trains; where the experiment is still being opened or repaired, or was edited just now, as soon as it can be. */
  async train(): Promise<void> {
    const { status, resumes, notice } = this.#run;
    if (status === "opening" || status === "invalid" || this.#settling !== undefined) {
      this.#set({ resumes: true });
      return;
    }
    if (this.#open === undefined) return this.#reopen(true);
    // What went on by itself has not been read yet.
    this.#set({ status: "training", resumes: false, problem: undefined, notice: resumes ? notice : undefined });
    this.#rate = { at: performance.now(), step: this.#run.step };
    await this.#call(() => this.#engine.call("train"));
  }

  async pause(): Promise<void> {
    this.#set({ resumes: false });
    if (this.#run.status !== "training") return;
    this.#set({ status: "paused", stepsPerSecond: undefined });
    await this.#call(() => this.#engine.call("pause"));
  }

  /** One step, then it stands again. Steps asked for quickly are all done, unless something else is asked for meanwhile. */
  async step(): Promise<void> {
    while (this.#settling !== undefined) await this.#settling;
    const { status } = this.#run;
    if (status === "opening" || status === "invalid") return;
    if (this.#open === undefined) return this.#reopen(false);
    this.#set({ status: "paused", resumes: false, problem: undefined, stepsPerSecond: undefined });
    this.#stepsAhead++;
    if (this.#stepsAhead > 1) return;
    while (this.#stepsAhead > 0) {
      const count = this.#stepsAhead;
      const isDone = await this.#call(() => this.#engine.call("step", count));
      this.#stepsAhead = isDone && this.#run.status === "paused" ? this.#stepsAhead - count : 0;
    }
  }

  /** Back to the same first weights; the curve so far is kept among the runs. */
  async rewind(): Promise<void> {
    const experiment = this.#open;
    if (experiment === undefined) return this.#reopen(false);
    this.#set({ status: "ready", resumes: false, problem: undefined, notice: undefined });
    await this.#call(async () => {
      await this.#engine.call("rewind");
      // The run that is left may have come to its end meanwhile.
      const { status } = this.#run;
      if (status === "finished" || status === "failed") this.#set({ status: "ready", problem: undefined });
      this.#beginRun(experiment, this.#run.opened?.summary.stepsPerEpoch);
    });
  }

  /** Steps a second at most; null: as fast as it goes. */
  async setSpeed(stepsPerSecond: number | null): Promise<void> {
    this.#set({ speed: stepsPerSecond });
    await this.#call(() => this.#engine.call("speed", stepsPerSecond));
  }

  /** Takes files for the data source, in place of those before. */
  async useFiles(files: readonly DataFile[]): Promise<void> {
    const { experiment } = this.#stores.experiments.getState();
    if (experiment === undefined) return;
    this.#open = undefined;
    this.#beginnings++;
    await this.#draftAndOpen(experiment, files);
  }

  receive(news: News): void {
    const { series } = this.#run;
    switch (news.kind) {
      case "metrics": {
        series.add(news);
        this.#stores.runs.progress(series);
        const metrics = Object.fromEntries([...news.values].map(([name, values]) => [name, values.at(-1) as number]));
        const step = news.steps.at(-1) as number;
        this.#hasLearned = true;
        this.#set({ step, loss: metrics.loss, metrics, ...this.#measured(step) });
        break;
      }
      case "validation": {
        series.addValidation(news.step, news.metrics);
        this.#stores.runs.progress(series);
        const isFirst = news.step === 0 && this.#run.step === 0;
        this.#set({ validation: news.metrics, ...(isFirst ? { loss: news.metrics.loss } : {}) });
        break;
      }
      case "finished":
        // Nor does it go on where an edit is being opened.
        this.#set({ status: "finished", resumes: false, step: news.step, stepsPerSecond: undefined });
        break;
      case "returned": {
        series.cutAfter(news.step);
        this.#stores.runs.returned(news.step);
        const metrics = series.latest("training");
        const validation = series.latest("validation");
        this.#set({
          step: news.step,
          loss: metrics.loss ?? validation.loss,
          metrics,
          validation,
          ...(news.cause === "device-lost" ? { notice: { kind: "recovered", step: news.step } } : {}),
        });
        break;
      }
      case "failed":
        // A device that is gone took the run with it.
        if (news.problem.kind !== "diverged") this.#open = undefined;
        this.#fail(news.problem);
        break;
      case "view":
        this.#stores.views.receive(news.id, { payload: news.payload, step: news.step });
        break;
      case "viewFailed":
        this.#stores.views.receive(news.id, { problem: news.problem });
        break;
    }
  }

  get #run() {
    return this.#stores.run.getState();
  }

  #set(changes: Partial<RunState>): void {
    this.#stores.run.setState(changes);
  }

  #fail(problem: Problem): void {
    this.#set({ status: "failed", resumes: false, problem, notice: undefined, stepsPerSecond: undefined });
  }

  /** Gives whether the call was answered; tells the screen where it was refused. */
  async #call(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.#fail(error.problem);
      return false;
    }
  }

  #changeTo(experiment: Experiment): Change {
    const { opened } = this.#run;
    if (this.#open === undefined || opened === undefined)
      return { effect: "restart", live: new Map(), renamed: new Map() };
    return changeOf(this.#open, experiment, (name) => opened.live.has(name));
  }

  /** Another experiment altogether: nothing is kept, and it does not train by itself. */
  #begin(experiment: Experiment): void {
    this.#open = undefined;
    this.#beginnings++;
    this.#isAnother = true;
    if (this.#run.status === "training") this.#call(() => this.#engine.call("pause"));
    this.#set({ status: "opening", resumes: false, draft: undefined, problem: undefined, notice: undefined });
    this.#draftAndOpen(experiment);
  }

  /** Opens once more what a lost device took with it: it begins anew. */
  async #reopen(resumes: boolean): Promise<void> {
    const { experiment } = this.#stores.experiments.getState();
    if (experiment === undefined) return;
    this.#set({ status: "opening", resumes, problem: undefined });
    await this.#draftAndOpen(experiment);
  }

  /** The experiment was edited. */
  #follow(experiment: Experiment): void {
    const { effect, live } = this.#changeTo(experiment);
    // What stopped the run was told; the edit may well be its cure.
    if (this.#run.status === "failed") this.#set({ status: "paused", problem: undefined });
    const { status } = this.#run;
    if (effect === "nothing" || effect === "live") {
      this.#setLive(experiment, live);
      // One that is on its way would be opened in place of this one.
      if (status !== "invalid" && status !== "opening" && this.#settling === undefined) return;
    }
    if (status === "training") this.#set({ resumes: true });
    this.#draftAndOpen(experiment);
  }

  #setLive(experiment: Experiment, live: ReadonlyMap<string, number>): void {
    this.#open = experiment;
    for (const [name, value] of live) {
      this.#call(() => this.#engine.call("set", { name, value }));
    }
    if (live.size > 0) this.#stores.runs.changed(experiment, this.#run.opened?.summary.stepsPerEpoch);
  }

  async #draftAndOpen(experiment: Experiment, files?: readonly DataFile[]): Promise<void> {
    const edit = ++this.#edits;
    const isOld = () => edit !== this.#edits;
    this.#settling = this.#bring(experiment, files, isOld);
    try {
      await this.#settling;
    } finally {
      if (!isOld()) this.#settling = undefined;
    }
    if (!isOld() && this.#run.resumes) await this.train();
  }

  async #bring(experiment: Experiment, files: readonly DataFile[] | undefined, isOld: () => boolean): Promise<void> {
    try {
      // Other data takes a while to make: not at every tick of a slider.
      const isSlow = this.#open !== undefined && differs(this.#open.data, experiment.data);
      if (isSlow && (await this.#settle(isOld))) return;
      const draft = await this.#engine.call("draft", { experiment, ...(files ? { files } : {}) });
      if (isOld()) return;
      this.#set({ draft, problem: draft.problem });
      if (draft.problem !== undefined || draft.problems.size > 0) return await this.#standInvalid(isOld);
      if (!isSlow && this.#open !== undefined && (await this.#settle(isOld))) return;
      await this.#opening.catch(() => undefined);
      if (isOld()) return;
      this.#opening = this.#openOnDevice(experiment, isOld);
      await this.#opening;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (isOld()) return;
      const { draft } = this.#run;
      // What did not fit the data before says nothing of data that cannot be had.
      const isOfData = error.problem.kind === "data" && draft !== undefined;
      this.#set({ problem: error.problem, ...(isOfData ? { draft: { ...draft, problems: new Map() } } : {}) });
      await this.#standInvalid(isOld);
    }
  }

  /** Waits until edits settle; gives whether a newer one has come. */
  async #settle(isOld: () => boolean): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return isOld();
  }

  async #standInvalid(isOld: () => boolean): Promise<void> {
    const wasTraining = this.#run.status === "training";
    this.#interrupt("invalid");
    // Once this is answered, nothing more comes of the steps under way.
    if (wasTraining || this.#isAnother) await this.#engine.call("pause");
    if (this.#isAnother && !isOld()) this.#leaveRun();
  }

  /** Nothing of the run before stands beside an experiment that cannot be opened. */
  #leaveRun(): void {
    this.#isAnother = false;
    this.#stores.runs.leave();
    this.#set({ ...atFirst(new RunSeries()), run: this.#run.run + 1, opened: undefined });
  }

  /** Training stops for now, and goes on by itself; also what began since the edit, before the edit was opened. */
  #interrupt(status: "opening" | "invalid"): void {
    const { resumes, status: before } = this.#run;
    this.#set({ status, resumes: resumes || before === "training", stepsPerSecond: undefined });
  }

  async #openOnDevice(experiment: Experiment, isOld: () => boolean): Promise<void> {
    const { effect, live, renamed } = this.#changeTo(experiment);
    if (effect === "nothing" || effect === "live") {
      // What was edited since has been taken back, or is live.
      this.#setLive(experiment, live);
      if (this.#run.status !== "training") this.#set({ status: this.#run.step > 0 ? "paused" : "ready" });
      return;
    }
    this.#interrupt("opening");
    this.#set({ problem: undefined });
    const beginnings = this.#beginnings;
    const opened = await this.#engine.call("open", { experiment, options: { inherit: INHERITED[effect], renamed } });
    if (beginnings !== this.#beginnings) return;
    // Where a crash took what it was to go on from, it began anew.
    this.#take(experiment, opened, opened.kept === undefined ? "restart" : effect);
    // A newer edit may have been found wanting meanwhile.
    if (!isOld()) this.#set({ status: opened.step > 0 ? "paused" : "ready", problem: undefined });
  }

  #take(experiment: Experiment, opened: Opened, effect: "continue" | "keep" | "restart"): void {
    this.#open = experiment;
    this.#isAnother = false;
    const { stepsPerEpoch } = opened.summary;
    if (effect === "continue") this.#stores.runs.changed(experiment, stepsPerEpoch);
    else this.#beginRun(experiment, stepsPerEpoch);
    this.#hasLearned &&= effect !== "restart";
    const { kept, begun } = opened;
    this.#set({
      opened,
      device: opened.device,
      step: opened.step,
      // Of weights that are still as they began there is nothing to tell.
      notice: effect === "keep" && kept !== undefined && this.#hasLearned ? { kind: "kept", kept, begun } : undefined,
    });
  }

  #beginRun(experiment: Experiment, stepsPerEpoch: number | undefined): void {
    const series = new RunSeries();
    this.#set({ ...atFirst(series), run: this.#run.run + 1 });
    const { preset } = this.#stores.experiments.getState();
    this.#stores.runs.begin({ experiment, series, preset, stepsPerEpoch });
  }

  /** Steps a second, measured over about a second. */
  #measured(step: number): { stepsPerSecond?: number } {
    const now = performance.now();
    const { at, step: from } = this.#rate;
    if (now - at < 1000) return {};
    this.#rate = { at: now, step };
    return { stepsPerSecond: Math.max(0, ((step - from) * 1000) / (now - at)) };
  }
}

/** What is known of a run before its first step. */
function atFirst(series: RunSeries): Partial<RunState> {
  return { series, step: 0, loss: undefined, metrics: {}, validation: undefined, stepsPerSecond: undefined };
}
