import { describe, expect, test } from "vitest";
import type { Report, Request } from "../train/protocol.ts";
import { createRun, type Run, type Surroundings } from "./run.ts";

/** A run in a browser whose worker is played by the test. */
function setUp(changes: Partial<Surroundings> = {}) {
  const runs: Run[] = [];
  const requests: Request[] = [];
  let workers = 0;
  const worker: ReturnType<Surroundings["startWorker"]> = {
    postMessage: (request: Request) => requests.push(request),
    terminate: () => {},
    onmessage: null,
    onerror: null,
  };
  const startWorker = () => {
    workers++;
    return worker;
  };
  const { toggle } = createRun((run) => runs.push(run), { hasWebGpu: true, isSecure: true, startWorker, ...changes });
  return {
    toggle,
    requests,
    workers: () => workers,
    now: () => runs.at(-1),
    tell: (report: Report) => worker.onmessage?.call(worker as Worker, new MessageEvent("message", { data: report })),
  };
}

describe("a run", () => {
  test("starts its worker with the first press, pauses with the second and goes on with the third", () => {
    const { toggle, requests, workers, now } = setUp();
    expect(now()).toEqual({ state: "ready", history: [] });
    expect(workers()).toBe(0);
    toggle();
    expect(now()?.state).toBe("training");
    toggle();
    expect(now()?.state).toBe("paused");
    toggle();
    expect(requests).toEqual([{ kind: "train" }, { kind: "pause" }, { kind: "train" }]);
    expect(workers()).toBe(1);
  });

  test("keeps what the worker reports, and ends when it has finished", () => {
    const { toggle, tell, now, requests } = setUp();
    toggle();
    tell({ kind: "progress", step: 10, loss: 0.5 });
    tell({ kind: "progress", step: 20, loss: 0.25 });
    tell({ kind: "finished" });
    expect(now()).toEqual({
      state: "finished",
      history: [
        { step: 10, loss: 0.5 },
        { step: 20, loss: 0.25 },
      ],
    });
    toggle();
    expect(requests).toHaveLength(1);
  });

  test("says what went wrong in the worker", () => {
    const { toggle, tell, now } = setUp();
    toggle();
    tell({ kind: "failed", error: "device-lost", message: "the GPU process crashed" });
    expect(now()).toMatchObject({ state: "failed", problem: "the GPU process crashed" });
  });

  test("fails at once where there is no WebGPU, and names the browsers that have it", () => {
    const { now } = setUp({ hasWebGpu: false });
    expect(now()?.state).toBe("failed");
    expect(now()?.problem).toContain("Chrome");
  });

  test("on an insecure page names that as the cause", () => {
    const { now } = setUp({ hasWebGpu: false, isSecure: false });
    expect(now()?.problem).toContain("https://");
  });
});
