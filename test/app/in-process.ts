import { Conductor } from "../../src/app/conductor.ts";
import { Engine, type EngineWorker } from "../../src/app/engine.ts";
import { createExperimentStore } from "../../src/app/experiment-store.ts";
import { createRunStore } from "../../src/app/run-store.ts";
import { createRunsStore } from "../../src/app/runs-store.ts";
import { RunSeries } from "../../src/app/series.ts";
import { createViewsStore } from "../../src/app/views-store.ts";
import { openGpu } from "../../src/gpu/device.ts";
import { nodeGpu } from "../../src/gpu/node-gpu.ts";
import { gpuBackend } from "../../src/train/gpu-backend.ts";
import { problemOf } from "../../src/train/problem.ts";
import type { Report, Request } from "../../src/train/protocol.ts";
import { Session } from "../../src/train/session.ts";

/** The worker's session in this process, on a real device; messages are cloned as between page and worker. */
function sessionWorker(): EngineWorker {
  const report = (message: Report) => {
    const data = structuredClone(message);
    setTimeout(() => worker.onmessage?.call(worker as Worker, new MessageEvent("message", { data })));
  };
  const session = new Session(report, async () => gpuBackend(await openGpu({ gpu: await nodeGpu() })));
  const answer = async ({ id, call, argument }: Request) => {
    try {
      report({
        kind: "answer",
        id,
        result: await (session.calls[call] as (given: unknown) => Promise<unknown>)(argument),
      });
    } catch (error) {
      report({ kind: "refusal", id, problem: problemOf(error) });
    }
  };
  const worker: EngineWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (message: unknown) => void answer(structuredClone(message) as Request),
    terminate: () => undefined,
  };
  return worker;
}

/** Conductor, engine and stores as the page puts them together, without what only a browser has. */
export function createInProcess() {
  const engine: Engine = new Engine(sessionWorker(), (news) => conductor.receive(news));
  const experiments = createExperimentStore();
  const run = createRunStore(new RunSeries());
  const runs = createRunsStore(async () => undefined);
  const views = createViewsStore((requests) => engine.call("watch", requests));
  const conductor = new Conductor(engine, { experiments, run, runs, views });
  /** Resolves once the run's state is as wanted. */
  const until = (wanted: (state: ReturnType<typeof run.getState>) => boolean) =>
    new Promise<ReturnType<typeof run.getState>>((resolve) => {
      if (wanted(run.getState())) return resolve(run.getState());
      const stop = run.subscribe((state) => {
        if (!wanted(state)) return;
        stop();
        resolve(state);
      });
    });
  return { engine, experiments, run, runs, views, conductor, until };
}
