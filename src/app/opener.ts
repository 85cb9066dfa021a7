import { createStore } from "zustand/vanilla";
import { presets } from "../nn/presets.ts";
import type { Experiment } from "../train/protocol.ts";
import type { Conductor } from "./conductor.ts";
import { type Engine, EngineError } from "./engine.ts";
import { FileError, readExperimentFile } from "./experiment-file.ts";
import type { ExperimentStore } from "./experiment-store.ts";
import type { Lesson, LessonStore } from "./lesson-store.ts";
import { loadBase } from "./link/bases.ts";
import { isLink, linkHash, readHash } from "./link/hash.ts";
import { LinkError } from "./link/link-error.ts";
import type { Location } from "./location.ts";
import type { Reason, Refusal } from "./refusal.ts";
import type { Saved, SavedExperiments } from "./saved-experiments.ts";

interface Parts {
  readonly engine: Engine;
  readonly experiments: ExperimentStore;
  readonly lesson: LessonStore;
  readonly conductor: Conductor;
  readonly location: Location;
  readonly saved: SavedExperiments;
}

/** What is put in place. */
interface Opening {
  readonly experiment: Experiment;
  readonly preset: string | undefined;
  readonly lesson: Lesson;
  readonly runs: boolean;
}

const NO_LESSON: Lesson = { hidden: new Set(), note: undefined };

export interface OpenerState {
  /** Why the last thing was not opened, until it is dismissed. */
  readonly refusal: Refusal | undefined;
}

/**
 * Opens experiments, wherever they come from: presets, links, files, runs, and what the browser kept. What cannot be read
 * is told and leaves everything as it is: nothing is half open. Of two that are asked for, the later one counts.
 */
export class Opener {
  readonly state = createStore<OpenerState>(() => ({ refusal: undefined }));
  readonly #parts: Parts;
  #asked = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.location.onMove(() => this.#follow());
  }

  /** When the page opens: as it was left, else what the address says, else what was open last, else the first preset. */
  async openFirst(): Promise<void> {
    const { location, saved } = this.#parts;
    const { hash, browserPlace } = location;
    const left = browserPlace === undefined ? undefined : saved.ofPlace(browserPlace);
    const isLeft = left !== undefined && left !== "damaged" && left.hash === hash;
    if (isLeft && (await this.#restore(left, browserPlace as string, startsAtOnce(hash)))) return;
    if (isLink(hash) && (await this.#openLink(hash))) return;
    const last = saved.last();
    if (last === "damaged" || left === "damaged") this.refuse({ of: "saved" });
    // A lesson is only where its link led to.
    const isRestored =
      last !== undefined &&
      last !== "damaged" &&
      (await this.#restore({ ...last, hash: "", hidden: [], note: undefined }));
    if (!isRestored) await this.#openPreset((presets[0] as (typeof presets)[number]).name, () => location.take(""));
  }

  /** By its name; also "empty". */
  async openPreset(name: string): Promise<void> {
    this.dismiss();
    const hash = linkHash({ preset: name, changes: undefined, hidden: [], note: undefined, runs: false });
    await this.#openPreset(name, () => this.#parts.location.push(hash));
  }

  /** That of an earlier run; an older version of this page may have kept it. */
  async open(experiment: Experiment, preset: string | undefined): Promise<void> {
    const isOld = this.#ask();
    this.dismiss();
    try {
      const read = await this.#parts.engine.call("parse", experiment);
      if (isOld()) return;
      this.#parts.location.push("");
      this.#put({ experiment: read, preset, lesson: NO_LESSON, runs: false });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (!isOld()) this.refuse({ of: "file", file: experiment.name, reason: error.problem });
    }
  }

  /** A file that holds an experiment. */
  async openFile(file: File): Promise<void> {
    const { engine, location } = this.#parts;
    const isOld = this.#ask();
    this.dismiss();
    try {
      const experiment = await engine.call("parse", await readExperimentFile(file));
      if (isOld()) return;
      location.push("");
      this.#put({ experiment, preset: undefined, lesson: NO_LESSON, runs: false });
    } catch (error) {
      if (!isOld()) this.refuse({ of: "file", file: file.name, reason: reasonOf(error) });
    }
  }

  /** Tells what was not opened or kept. */
  refuse(refusal: Refusal): void {
    this.state.setState({ refusal });
  }

  dismiss(): void {
    this.state.setState({ refusal: undefined });
  }

  /** Something was asked for; gives whether something else was since. */
  #ask(): () => boolean {
    const asked = ++this.#asked;
    return () => asked !== this.#asked;
  }

  /** The browser went back, forward, or to an address that was pasted. */
  async #follow(): Promise<void> {
    const { location, saved } = this.#parts;
    const { hash, browserPlace } = location;
    this.dismiss();
    if (browserPlace !== undefined) {
      const left = saved.ofPlace(browserPlace);
      if (left === "damaged") this.refuse({ of: "saved" });
      else if (left !== undefined && (await this.#restore(left, browserPlace))) return;
    } else if (!isLink(hash)) {
      // A place on the page was gone to.
      location.stay();
      return;
    }
    if (isLink(hash)) await this.#openLink(hash);
    else location.stay();
  }

  /** Gives whether it was opened. */
  async #openLink(hash: string): Promise<boolean> {
    const { engine, location } = this.#parts;
    const isOld = this.#ask();
    try {
      const { decodeLink } = await import("./link/decode-link.ts");
      const { hidden, ...link } = await decodeLink(hash, (json) => engine.call("parse", json));
      if (isOld()) return true;
      location.take(hash);
      this.#put({ ...link, lesson: { hidden: new Set(hidden), note: link.note } });
      return true;
    } catch (error) {
      if (isOld()) return true;
      location.take("");
      this.refuse({ of: "link", reason: reasonOf(error) });
      return false;
    }
  }

  async #openPreset(name: string, go: () => void): Promise<void> {
    const isOld = this.#ask();
    try {
      const experiment = await this.#parts.engine.call("parse", await loadBase(name));
      if (isOld()) return;
      go();
      this.#put({ experiment, preset: name, lesson: NO_LESSON, runs: false });
    } catch {
      if (!isOld()) this.refuse({ of: "preset", name });
    }
  }

  /** Gives whether it was opened; what the engine cannot read is forgotten. */
  async #restore(left: Saved, place?: string, runs = false): Promise<boolean> {
    const { hash, experiment: json, preset, hidden, note } = left;
    const { engine, location, saved } = this.#parts;
    const isOld = this.#ask();
    try {
      const experiment = await engine.call("parse", json);
      if (isOld()) return true;
      if (place === undefined) location.take(hash);
      else location.follow(place, hash);
      this.#put({ experiment, preset, lesson: { hidden: new Set(hidden), note }, runs });
      return true;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      saved.forget(place);
      if (!isOld()) this.refuse({ of: "saved" });
      return isOld();
    }
  }

  #put({ experiment, preset, lesson, runs }: Opening): void {
    this.#parts.lesson.setState(lesson);
    this.#parts.experiments.open(experiment, preset);
    if (runs) this.#parts.conductor.train();
  }
}

function reasonOf(error: unknown): Reason {
  if (error instanceof LinkError || error instanceof FileError) return error.fault;
  if (error instanceof EngineError) return error.problem;
  // What reads links, or the preset that one starts from: neither is there before it is asked for.
  return { kind: "notLoaded" };
}

/** Whether an address, which was opened before, says to train. */
function startsAtOnce(hash: string): boolean {
  try {
    return isLink(hash) && readHash(hash).runs;
  } catch {
    return false;
  }
}
