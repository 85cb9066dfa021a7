import type { Progress, Report, Request } from "../train/protocol.ts";
import { type Problem, problemOf, sentences } from "./problems.ts";

/** One training session as the screen sees it. */
export interface Run {
  /** "unsupported": this page cannot train at all. A failed run, like a finished one, can be followed by another. */
  readonly state: "ready" | "training" | "paused" | "finished" | "failed" | "unsupported";
  /** The newest last. */
  readonly history: readonly Progress[];
  /** What went wrong, in a sentence, when it failed or is not supported. */
  readonly problem?: string;
}

/** The parts of the browser a run needs. */
export interface Surroundings {
  readonly hasWebGpu: boolean;
  readonly isSecure: boolean;
  readonly startWorker: () => Pick<Worker, "postMessage" | "onmessage" | "onerror" | "terminate">;
}

/** Holds a run and tells `onChange` of each new state of it. The worker starts with the first `toggle`. */
export function createRun(onChange: (run: Run) => void, { hasWebGpu, isSecure, startWorker }: Surroundings) {
  let run: Run = { state: "ready", history: [] };
  let worker: ReturnType<typeof startWorker> | undefined;

  const change = (changes: Partial<Run>) => {
    run = { ...run, ...changes };
    onChange(run);
  };
  /** Ends the worker; the next training has one of its own. */
  const dismiss = () => {
    if (worker === undefined) return;
    // What it has sent already may still be on its way.
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
    worker = undefined;
  };
  const fail = ({ state, problem }: Problem) => {
    dismiss();
    change({ state, problem });
  };
  const receive = (report: Report) => {
    if (report.kind === "failed") fail(problemOf(report.error, report.message));
    else if (report.kind === "finished") {
      dismiss();
      change({ state: "finished" });
    } else change({ history: [...run.history, { step: report.step, loss: report.loss }].slice(-shown) });
  };
  const connect = () => {
    const started = startWorker();
    started.onmessage = ({ data }: MessageEvent<Report>) => receive(data);
    started.onerror = ({ message }) =>
      fail(message ? problemOf("unknown", message) : { state: "failed", problem: sentences.notLoaded });
    return started;
  };
  const send = (request: Request) => {
    worker ??= connect();
    worker.postMessage(request);
  };

  if (!isSecure) fail({ state: "unsupported", problem: sentences.insecure });
  else if (!hasWebGpu) fail({ state: "unsupported", problem: sentences.noWebGpu });
  else onChange(run);

  return {
    /** Trains, or pauses what is training; after the end of a run it starts another, from the beginning. */
    toggle() {
      if (run.state === "unsupported") return;
      if (run.state === "finished" || run.state === "failed") run = { state: "ready", history: [] };
      const kind = run.state === "training" ? "pause" : "train";
      change({ state: kind === "train" ? "training" : "paused" });
      send({ kind });
    },
  };
}

/** So many reports are kept for the screen. */
const shown = 100;
