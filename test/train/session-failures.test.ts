import { describe, expect, test, vi } from "vitest";
import { DescentError, type ErrorKind } from "../../src/errors.ts";
import { openGpu } from "../../src/gpu/device.ts";
import { nodeGpu } from "../../src/gpu/node-gpu.ts";
import { cpuBackend } from "../../src/train/cpu-backend.ts";
import { gpuBackend } from "../../src/train/gpu-backend.ts";
import { openBackend } from "../../src/train/open-backend.ts";
import { type Page, wait, withPage } from "./open-session.ts";
import { chain, rejection, small, weightBits } from "./small-run.ts";

const counted = (from: number, count: number) => Array.from({ length: count }, (_, k) => from + k);

/** Makes it seconds later: what was learned is copied out once more, but a crash is still a short while ago. */
function later(): void {
  const clock = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => clock() + 5000);
}

/** Lets the page's last device fail. */
function fail(page: Page, kind: ErrorKind = "device-lost"): void {
  page.gpus.at(-1)?.fail(new DescentError(kind, "the GPU crashed or was reset"));
}

describe("a GPU that crashes", () => {
  const experiment = small({ stop: { steps: 60 }, validateEvery: 20 });

  test("while it trains is opened once more, and the run ends bit for bit as it would have", async () => {
    const whole = await withPage(async (page) => {
      await page.open(experiment);
      await page.train();
      await page.next("finished");
      return {
        losses: page.losses,
        last: page.all("validation").at(-1),
        weights: await weightBits(await page.trainer),
      };
    });
    await withPage(async (page) => {
      await page.open(experiment);
      await page.calls.step(25);
      later();
      await page.calls.speed(50);
      await page.train();
      await page.untilStep(30);
      const finished = page.next("finished");
      fail(page);
      expect(await page.next("returned")).toEqual({ kind: "returned", step: 25, cause: "device-lost" });
      const before = page.rows.filter(({ step }) => step <= 25);
      expect(page.rows.map(({ step }) => step)).toEqual(counted(1, page.rows.length));
      page.forget();
      await finished;
      expect([...before, ...page.rows].map(({ step }) => step)).toEqual(counted(1, 60));
      expect([...before, ...page.rows].map(({ loss }) => loss)).toEqual(whole.losses);
      expect(page.all("validation").at(-1)).toEqual(whole.last);
      expect(await weightBits(await page.trainer)).toEqual(whole.weights);
      expect(page.all("failed")).toEqual([]);
      expect(page.gpus.map(({ liveBytes }) => liveBytes > 0)).toEqual([false, true]);
    });
  });

  test("again within a minute is told, and the next experiment gets another device", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.train();
      await page.untilStep(3);
      fail(page);
      await page.next("returned");
      await page.untilStep(3);
      fail(page);
      expect(await page.last("failed")).toMatchObject({ problem: { kind: "device-lost" } });
      await wait(100);
      expect(page.all("failed").length).toBe(1);
      expect(page.all("returned").length).toBe(1);
      await expect(page.train()).rejects.toThrow("no experiment is open");
      expect(await page.open(small(), "everything")).toMatchObject({ step: 0, kept: undefined });
      page.forget();
      await page.calls.step(3);
      expect(page.rows.map(({ step }) => step)).toEqual([1, 2, 3]);
      expect(page.gpus.length).toBe(3);
    }));

  test("while the run stands is opened once more, with the live numbers as they were set, and the run stands", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.calls.step(3);
      await page.calls.set({ name: "learningRate", value: 0.5 });
      fail(page);
      expect(await page.next("returned")).toMatchObject({ step: 0 });
      page.forget();
      await page.calls.speed(100);
      await wait(100);
      expect(page.rows).toEqual([]);
      await page.calls.step(1);
      expect(page.rows).toMatchObject([{ step: 1, learningRate: 0.5 }]);
    }));

  test("and a pause before it is open again leave the run standing", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.train();
      await page.untilStep(3);
      fail(page);
      await page.pause();
      expect(page.all("returned").length).toBe(1);
      page.forget();
      await wait(100);
      expect(page.reports).toEqual([]);
    }));

  test("and what is asked for before it is open again is done once it is", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.calls.step(3);
      page.forget();
      fail(page);
      await Promise.all([page.calls.set({ name: "learningRate", value: 0.5 }), page.train()]);
      await page.untilStep(3);
      expect(page.all("returned").length).toBe(1);
      expect(page.rows.at(-1)).toMatchObject({ learningRate: 0.5 });
      expect(page.all("failed")).toEqual([]);
    }));

  test("is told where no other is to be had, or only the CPU", async () => {
    const gpus: Page["gpus"] = [];
    const devices = [
      async () => {
        gpus.push(await openGpu({ gpu: await nodeGpu() }));
        return gpuBackend(gpus[0] as (typeof gpus)[number]);
      },
      async () => Promise.reject(new DescentError("no-webgpu", "there is none any more")),
      async () => cpuBackend(),
    ];
    await withPage(
      async (page) => {
        await page.open(small());
        await page.calls.step(1);
        gpus[0]?.fail(new DescentError("device-lost", "the GPU crashed or was reset"));
        expect(await page.last("failed")).toMatchObject({ problem: { kind: "no-webgpu" } });
        expect(await page.open(small())).toMatchObject({ device: { kind: "cpu" } });
      },
      () => (devices.shift() as () => ReturnType<(typeof devices)[number]>)(),
    );
    gpus[0]?.destroy();
  });
});

test("a GPU that does not answer is told once, and not opened again", () =>
  withPage(async (page) => {
    await page.open(small());
    await page.train();
    await page.untilStep(3);
    fail(page, "timeout");
    expect(await page.last("failed")).toMatchObject({ problem: { kind: "timeout" } });
    await wait(100);
    expect(page.all("failed").length).toBe(1);
    expect(page.all("returned")).toEqual([]);
    expect(page.gpus.length).toBe(1);
  }));

test("a run that diverges is put back and told with its repairs, and can be trained on at a lower rate", () =>
  withPage(async (page) => {
    const linear = {
      data: { kind: "plane", samples: 100, validation: 0.3 },
      model: chain({ id: "hidden", layer: "Dense", units: 4 }),
      loss: { kind: "meanSquaredError" },
      metrics: [],
      optimizer: { kind: "sgd", learningRate: 100 },
    };
    await page.open(small(linear));
    await page.train();
    const { problem } = await page.last("failed");
    expect(problem).toMatchObject({
      kind: "diverged",
      node: expect.stringMatching(/^(hidden|output)$/),
      repairs: [
        { kind: "setOptimizer", field: "learningRate", value: 10 },
        { kind: "setOptimizer", field: "clipNorm", value: 1 },
      ],
    });
    expect(page.reports.at(-2)).toEqual({ kind: "returned", step: 0, cause: "diverged" });
    expect(page.losses.every(Number.isFinite)).toBe(true);
    page.forget();
    await page.calls.set({ name: "learningRate", value: 0.05 });
    await page.train();
    await page.untilStep(40);
    await page.pause();
    expect(page.rows.map(({ step }) => step)).toEqual(counted(1, page.rows.length));
    expect(page.losses[39]).toBeLessThan(page.losses[0] as number);
  }));

describe("where there is no WebGPU", () => {
  // Node has no `navigator.gpu`.
  test("a small model is trained on the CPU, which is named", () =>
    withPage(async (page) => {
      const opened = await page.open(small({ stop: { steps: 30 } }));
      expect(opened.device).toEqual({ kind: "cpu", name: "Reference interpreter" });
      expect(opened.summary.adapter).toBe("Reference interpreter");
      await page.train();
      await page.next("finished");
      expect(page.rows.map(({ step }) => step)).toEqual(counted(1, 30));
      expect(await page.open(small({ stop: { steps: 40 } }), "everything")).toMatchObject({ step: 30, begun: [] });
    }, openBackend));

  test("a large model is refused, and the one before stays", () =>
    withPage(async (page) => {
      await page.open(small());
      const wide = { layer: "Dense", units: 4096 };
      const error = await rejection(page.open(small({ model: chain({ id: "a", ...wide }, { id: "b", ...wide }) })));
      expect(error).toMatchObject({ kind: "limit" });
      await page.calls.step(2);
      expect(page.rows.map(({ step }) => step)).toEqual([1, 2]);
    }, openBackend));

  test("a pause takes effect at once", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.train();
      await page.untilStep(20);
      const began = performance.now();
      await page.pause();
      expect(performance.now() - began).toBeLessThan(100);
      const { length } = page.reports;
      await wait(100);
      expect(page.reports.length).toBe(length);
    }, openBackend));
});
