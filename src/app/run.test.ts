import { describe, expect, test } from "vitest";
import type { Report, Request } from "../train/protocol.ts";
import { createRun, type Run, type Surroundings } from "./run.ts";

/** A run in a browser whose worker is played by the test. */
function setUp(changes: Partial<Surroundings> = {}) {
  const runs: Run[] = [];
  const requests: Request[] = [];
  const workers: ReturnType<Surroundings["startWorker"]>[] = [];
  let terminated = 0;
  const startWorker = () => {
    const worker: ReturnType<Surroundings["startWorker"]> = {
      postMessage: (request: Request) => requests.push(request),
      terminate: () => terminated++,
      onmessage: null,
      onerror: null,
    };
    workers.push(worker);
    return worker;
  };
  const { toggle } = createRun((run) => runs.push(run), { hasWebGpu: true, isSecure: true, startWorker, ...changes });
  return {
    toggle,
    requests,
    workers: () => workers.length,
    terminated: () => terminated,
    now: () => runs.at(-1),
    /** Reports from the newest worker, or the one of that number. */
    tell(report: Report, number = workers.length - 1) {
      const worker = workers[number] as Worker;
      worker.onmessage?.call(worker, new MessageEvent("message", { data: report }));
    },
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
    const { toggle, tell, now, terminated } = setUp();
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
    expect(terminated()).toBe(1);
  });

  test.each<Report>([{ kind: "finished" }, { kind: "failed", error: "device-lost", message: "the GPU crashed" }])(
    "that has ended ($kind) is followed by another, with a worker of its own",
    (end) => {
      const { toggle, tell, now, requests, workers } = setUp();
      toggle();
      tell({ kind: "progress", step: 10, loss: 0.5 });
      tell(end);
      toggle();
      expect(now()).toEqual({ state: "training", history: [] });
      expect(requests).toEqual([{ kind: "train" }, { kind: "train" }]);
      expect(workers()).toBe(2);
      tell({ kind: "progress", step: 20, loss: 0.25 }, 0);
      expect(now()?.history).toEqual([]);
      tell({ kind: "progress", step: 10, loss: 0.75 });
      expect(now()?.history).toEqual([{ step: 10, loss: 0.75 }]);
    },
  );

  test.each([
    ["device-lost", "the GPU crashed or was reset; open it again", /^The GPU crashed or was reset, and the training/],
    ["out-of-memory", "no 4 bytes left", /^The GPU has not enough free memory\. Close/],
    [
      "limit",
      'dense "d": needs 2 workgroups; use a smaller batch',
      /^Dense "d": needs 2 workgroups; use a smaller batch\.$/,
    ],
    ["unknown", "It broke.", /^It broke\.$/],
  ] as const)("says what went wrong in the worker: %s", (error, message, sentence) => {
    const { toggle, tell, now } = setUp();
    toggle();
    tell({ kind: "failed", error, message });
    expect(now()).toMatchObject({ state: "failed", problem: expect.stringMatching(sentence) });
  });

  test("where the worker finds no GPU, says what to do, and is not tried again", () => {
    const { toggle, tell, now, workers } = setUp();
    toggle();
    tell({
      kind: "failed",
      error: "no-webgpu",
      message: "WebGPU finds no GPU on this machine; in Node pass nodeGpu()",
    });
    expect(now()).toMatchObject({ state: "unsupported", problem: expect.stringMatching(/graphics driver.*Safari/) });
    expect(now()?.problem).not.toContain("Node");
    toggle();
    expect(workers()).toBe(1);
  });

  test("fails at once where there is no WebGPU, and names the browsers that have it", () => {
    const { toggle, now, workers } = setUp({ hasWebGpu: false });
    toggle();
    expect(workers()).toBe(0);
    expect(now()?.state).toBe("unsupported");
    expect(now()?.problem).toContain("Chrome");
  });

  test("on an insecure page names that as the cause", () => {
    const { now } = setUp({ hasWebGpu: false, isSecure: false });
    expect(now()?.problem).toContain("https://");
  });
});
