import type { Progress, Report, Request } from "../train/protocol.ts";

/** One training session as the screen sees it. */
export interface Run {
  readonly state: "ready" | "training" | "paused" | "finished" | "failed";
  /** The newest last. */
  readonly history: readonly Progress[];
  /** What went wrong, in a sentence, when it failed. */
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
  const fail = (problem: string) => {
    worker?.terminate();
    change({ state: "failed", problem });
  };
  const receive = (report: Report) => {
    if (report.kind === "finished") change({ state: "finished" });
    else if (report.kind === "failed") fail(report.message);
    else change({ history: [...run.history, { step: report.step, loss: report.loss }].slice(-shown) });
  };
  const send = (request: Request) => {
    worker ??= connect();
    worker.postMessage(request);
  };
  const connect = () => {
    const started = startWorker();
    started.onmessage = ({ data }: MessageEvent<Report>) => receive(data);
    started.onerror = ({ message }) => fail(message || "the worker that trains could not be loaded");
    return started;
  };

  if (!isSecure) fail(insecure);
  else if (!hasWebGpu) fail(noWebGpu);
  else onChange(run);

  return {
    /** Trains, or pauses what is training; nothing once the run has ended. */
    toggle() {
      if (run.state === "finished" || run.state === "failed") return;
      const kind = run.state === "training" ? "pause" : "train";
      change({ state: kind === "train" ? "training" : "paused" });
      send({ kind });
    },
  };
}

/** So many reports are kept for the screen. */
const shown = 100;

const noWebGpu =
  "This browser has no WebGPU, which Descent needs. Chrome and Edge have it (on some systems it must be switched on at " +
  "chrome://flags/#enable-unsafe-webgpu), Safari from version 26, Firefox from 141 on Windows and 145 on macOS.";

const insecure = "Browsers give WebGPU to secure pages only: open this page through https:// or at http://localhost.";
