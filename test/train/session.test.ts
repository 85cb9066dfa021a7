import { describe, expect, test, vi } from "vitest";
import type { Experiment } from "../../src/train/protocol.ts";
import { type Page, wait, withPage } from "./open-session.ts";
import { chain, rejection, small, weightBits } from "./small-run.ts";

const counted = (from: number, count: number) => Array.from({ length: count }, (_, k) => from + k);

/** The losses of so many steps of an experiment, trained without a break. */
async function lossesOf(experiment: Experiment, steps: number): Promise<(number | undefined)[]> {
  return withPage(async (page) => {
    await page.open(experiment);
    await page.calls.step(steps);
    return page.losses;
  });
}

describe("an experiment that is opened", () => {
  test("is described, and validated before its first step", () =>
    withPage(async (page) => {
      const opened = await page.open(small());
      expect(opened).toMatchObject({
        summary: { parameters: 42, stepsPerEpoch: 7 },
        data: { task: "classification", trainingSamples: 70, validationSamples: 30 },
        device: { kind: "gpu", name: opened.summary.adapter },
        step: 0,
        kept: undefined,
        begun: [],
      });
      expect(opened.live.get("learningRate")).toBe(0.01);
      expect(await page.next("validation")).toMatchObject({
        step: 0,
        metrics: { loss: expect.closeTo(0.7, 0), accuracy: expect.any(Number) },
      });
      expect(page.reports.length).toBe(1);
    }));

  test("can be carried by a message with all that was said of it", () =>
    withPage(async (page) => {
      const opened = await page.open(small());
      expect(structuredClone(opened)).toEqual(opened);
      const draft = await page.draft(small());
      expect(structuredClone(draft)).toEqual(draft);
    }));

  test("shows its samples", () =>
    withPage(async (page) => {
      await page.open(small());
      const { count, columns } = await page.calls.samples({ part: "validation", from: 28, count: 10 });
      expect(count).toBe(2);
      expect([...columns].map(([name, { length }]) => [name, length])).toEqual([
        ["point", 4],
        ["class", 2],
      ]);
    }));

  test("is needed before anything else", () =>
    withPage(async (page) => {
      for (const call of [page.train(), page.calls.step(1), page.calls.rewind(undefined)]) {
        await expect(call).rejects.toThrow("no experiment is open; open one first");
      }
      await page.pause();
    }));
});

describe("training", () => {
  test("reports every step once and in order, in columns of equal lengths, at most 30 times a second", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.train();
      await page.untilStep(1);
      page.forget();
      await wait(1000);
      const batches = page.all("metrics");
      expect(batches.length).toBeLessThanOrEqual(31);
      await page.pause();
      const first = batches[0]?.steps[0] as number;
      expect(page.rows.map(({ step }) => step)).toEqual(counted(first, page.rows.length));
      for (const { steps, seconds, values } of page.all("metrics")) {
        expect([...values.keys()]).toEqual(["loss", "accuracy", "learningRate"]);
        for (const column of [seconds, ...values.values()]) expect(column.length).toBe(steps.length);
      }
      const seconds = page.rows.map((row) => row.seconds);
      expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
      expect(seconds.at(-1)).toBeLessThan(60);
    }));

  test("pauses: nothing comes once it has", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.train();
      await page.untilStep(5);
      await page.pause();
      const before = page.reports.length;
      await wait(150);
      expect(page.reports.length).toBe(before);
      expect(page.rows.at(-1)?.step).toBe((await page.trainer).steps);
      await page.train();
      await page.untilStep(page.rows.length + 5);
      await page.pause();
      expect(page.rows.map(({ step }) => step)).toEqual(counted(1, page.rows.length));
    }));

  test("goes on by exactly so many steps, with the clock standing in between", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.calls.step(3);
      await wait(300);
      await page.calls.step(3);
      expect(page.rows.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
      const [before, after] = [page.rows[2]?.seconds, page.rows[5]?.seconds] as [number, number];
      expect(after - before).toBeLessThan(0.25);
      expect((await page.trainer).steps).toBe(6);
    }));

  test("begins anew after a rewind, with the same losses bit for bit", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.calls.step(12);
      const first = page.losses;
      page.forget();
      await page.calls.rewind(undefined);
      expect(await page.next("validation")).toMatchObject({ step: 0 });
      await page.calls.step(12);
      expect(page.losses).toEqual(first);
      expect(page.rows[0]).toMatchObject({ step: 1, seconds: expect.toSatisfy((seconds) => seconds < 5) });
    }));

  test("takes a live number while it goes on", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.train();
      await page.untilStep(10);
      await page.calls.set({ name: "learningRate", value: 0.25 });
      await page.until(() => page.rows.at(-1)?.learningRate === 0.25);
      await page.pause();
      const { rows } = page;
      expect(rows.map(({ step }) => step)).toEqual(counted(1, rows.length));
      const changed = rows.findIndex(({ learningRate }) => learningRate === 0.25);
      expect(changed).toBeGreaterThanOrEqual(10);
      expect(rows.map(({ learningRate }) => learningRate)).toEqual(
        rows.map((_, k) => (k < changed ? Math.fround(0.01) : 0.25)),
      );
      await expect(page.calls.set({ name: "beta3", value: 1 })).rejects.toThrow('there is no live number "beta3"');
    }));

  test("keeps to a speed, which may change meanwhile", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.calls.speed(5);
      await page.train();
      await wait(1300);
      const slow = page.rows.length;
      expect(slow).toBeGreaterThanOrEqual(4);
      expect(slow).toBeLessThanOrEqual(8);
      await page.calls.speed(null);
      await page.untilStep(50);
      const began = performance.now();
      await page.calls.speed(1);
      await page.pause();
      // It does not wait for the next step.
      expect(performance.now() - began).toBeLessThan(500);
      expect(page.rows.map(({ step }) => step)).toEqual(counted(1, page.rows.length));
      await page.calls.speed(1000);
      await wait(100);
      expect(page.rows.length).toBe((await page.trainer).steps);
    }));

  test("ends at a stop condition, which is told once, and goes beyond it if asked to", () =>
    withPage(async (page) => {
      await page.open(small({ stop: { steps: 12 } }));
      await page.train();
      expect(await page.next("finished")).toEqual({ kind: "finished", step: 12 });
      expect(page.all("validation").at(-1)).toMatchObject({ step: 12 });
      expect(page.rows.length).toBe(12);
      await wait(50);
      await page.train();
      await page.untilStep(30);
      await page.pause();
      await page.calls.step(2);
      expect(page.all("finished").length).toBe(1);
      expect(page.rows.map(({ step }) => step)).toEqual(counted(1, page.rows.length));
      await page.calls.rewind(undefined);
      await page.train();
      expect(await page.next("finished")).toEqual({ kind: "finished", step: 12 });
    }));
});

describe("an experiment that is opened in place of another", () => {
  test("goes on with everything at the same step, bit for bit where nothing of it has changed", async () => {
    const expected = await lossesOf(small(), 30);
    await withPage(async (page) => {
      await page.open(small());
      await page.calls.step(18);
      const opened = await page.open(small({ stop: { steps: 500 } }), "everything");
      expect(opened).toMatchObject({ step: 18, begun: [] });
      expect(opened.kept).toEqual(["hidden.kernel", "hidden.bias", "output.kernel", "output.bias"]);
      await page.calls.step(12);
      expect(page.losses).toEqual(expected);
    });
  });

  test.each<[string, object]>([
    ["another schedule", { schedule: { kind: "cosine", warmup: 2 }, stop: { steps: 100 } }],
    ["another optimizer", { optimizer: { kind: "sgd", learningRate: 0.5 } }],
    ["averages of its weights", { optimizer: { kind: "adam", learningRate: 0.01, average: 0.99 } }],
  ])("goes on at the same step with the same weights under %s", (_, changes) =>
    withPage(async (page) => {
      await page.open(small());
      await page.calls.step(20);
      const weights = await weightBits(await page.trainer);
      expect(await page.open(small(changes), "everything")).toMatchObject({ step: 20, begun: [] });
      expect(await weightBits(await page.trainer)).toEqual(weights);
      page.forget();
      await page.calls.step(20);
      expect(page.rows.map(({ step }) => step)).toEqual(counted(21, 20));
      expect(page.losses.every((loss) => Number.isFinite(loss) && (loss as number) < 2)).toBe(true);
    }),
  );

  test("keeps the weights that fit after a change of the model, and begins anew", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.calls.step(20);
      const { "hidden.kernel": kernel, "hidden.bias": bias } = await weightBits(await page.trainer);
      const model = chain(
        { id: "hidden", layer: "Dense", units: 8, activation: "tanh" },
        { id: "more", layer: "Dense", units: 6, activation: "tanh" },
      );
      page.forget();
      const opened = await page.open(small({ model }), "weights");
      expect(opened).toMatchObject({
        step: 0,
        kept: ["hidden.kernel", "hidden.bias"],
        begun: ["more.kernel", "more.bias", "output.kernel", "output.bias"],
      });
      expect(await weightBits(await page.trainer)).toMatchObject({ "hidden.kernel": kernel, "hidden.bias": bias });
      expect(await page.next("validation")).toMatchObject({ step: 0 });
      await page.calls.step(2);
      expect(page.rows.map(({ step }) => step)).toEqual([1, 2]);
    }));

  test("frees the memory of the one before", () =>
    withPage(async (page) => {
      await page.open(small());
      const bytes = page.gpus[0]?.liveBytes;
      for (const inherit of ["everything", "weights", "nothing"] as const) await page.open(small(), inherit);
      expect(page.gpus[0]?.liveBytes).toBe(bytes);
    }));

  test("takes the place of one that is training", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.train();
      await page.untilStep(5);
      const opened = await page.open(small({ seed: 4 }));
      page.forget();
      await page.calls.speed(100);
      await wait(100);
      expect(opened.step).toBe(0);
      expect(page.rows).toEqual([]);
    }));
});

describe("an experiment that cannot be opened leaves the one before as it was:", () => {
  async function expectUntouched(page: Page, experiment: Experiment, refusal: object): Promise<void> {
    const { trainer } = page;
    expect(await rejection(page.open(experiment, "everything"))).toMatchObject(refusal);
    const weights = await weightBits(await trainer);
    page.forget();
    await page.calls.step(5);
    expect(page.rows.map(({ step }) => step)).toEqual([11, 12, 13, 14, 15]);
    expect(await weightBits(await trainer)).not.toEqual(weights);
  }

  test("for a batch larger than the samples", async () => {
    const expected = await lossesOf(small(), 15);
    await withPage(async (page) => {
      await page.open(small());
      await page.calls.step(10);
      await expectUntouched(page, small({ batchSize: 71 }), { kind: "experiment", message: /batch size is 71/ });
      expect(page.losses).toEqual(expected.slice(10));
    });
  });

  test("for the memory that is left", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.calls.step(10);
      const { device, liveBytes } = page.gpus[0] as (typeof page.gpus)[number];
      const create = device.createBuffer.bind(device);
      // More than any device has, so that the GPU itself refuses.
      const full = vi
        .spyOn(device, "createBuffer")
        .mockImplementation((descriptor) =>
          create(descriptor.label?.startsWith("readback") ? { ...descriptor, size: 2 ** 52 } : descriptor),
        );
      const opening = rejection(page.open(small({ seed: 4 })));
      expect(await opening).toMatchObject({ kind: expect.stringMatching(/^(out-of-memory|validation)$/) });
      full.mockRestore();
      expect(page.gpus[0]?.liveBytes).toBe(liveBytes);
      page.forget();
      await page.calls.step(5);
      expect(page.rows.map(({ step }) => step)).toEqual([11, 12, 13, 14, 15]);
    }));
});

describe("a draft", () => {
  test("has every layer's shape, parameters and operations", () =>
    withPage(async (page) => {
      const draft = await page.draft(small());
      expect(draft).toMatchObject({ problem: undefined, outputNode: "output", parameters: 42 });
      expect(draft.problems.size).toBe(0);
      expect([...draft.nodes].map(([id, { shape, parameters }]) => [id, shape, parameters])).toEqual([
        ["input", [2], 0],
        ["hidden", [8], 24],
        ["output", [2], 18],
      ]);
      expect(draft.flops).toBeGreaterThan(2 * 32);
    }));

  test("has a layer's problem with what would cure it, and what can be built before it", () =>
    withPage(async (page) => {
      const model = chain({ id: "conv", layer: "Conv2D", filters: 2, kernelSize: 29 });
      const draft = await page.draft(small({ data: { kind: "glyphDigits", samples: 20 }, model, batchSize: 5 }));
      expect([...draft.nodes.keys()]).toEqual(["input"]);
      expect([...draft.problems.keys()]).toEqual(["conv"]);
      expect(draft.problems.get("conv")).toMatchObject({
        kind: "shape",
        node: "conv",
        text: { en: expect.any(String), zh: expect.stringMatching(/[\u4e00-\u9fff]/) },
        repairs: expect.arrayContaining([{ kind: "set", field: "padding", value: "same" }]),
      });
    }));

  test("has the problem of a loss at the output that does not fit it", () =>
    withPage(async (page) => {
      const model = chain({ id: "hidden", layer: "Dense", units: 8 });
      const nodes = model.nodes.map((node) => (node.id === "output" ? { ...node, units: 1 } : node));
      const draft = await page.draft(small({ model: { ...model, nodes } }));
      expect([...draft.nodes.keys()]).toEqual(["input", "hidden", "output"]);
      expect([...draft.problems]).toMatchObject([
        ["output", { kind: "shape", repairs: [{ kind: "set", field: "units" }] }],
      ]);
      expect(draft.problem).toBeUndefined();
    }));

  test("has what is wrong with the experiment as a whole beside it", () =>
    withPage(async (page) => {
      const draft = await page.draft(small({ batchSize: 71 }));
      expect(draft.problems.size).toBe(0);
      expect(draft.problem).toMatchObject({
        kind: "experiment",
        text: { en: expect.stringMatching(/batch size is 71/), zh: expect.stringMatching(/^批大小为 71/) },
        repairs: [{ kind: "setBatchSize", value: 70 }],
      });
    }));

  test("shows its own samples, though those of an earlier one took longer to make", () =>
    withPage(async (page) => {
      const earlier = page.draft(small({ data: { kind: "glyphDigits", samples: 20 }, batchSize: 5 }));
      await page.draft(small({ data: { kind: "circle", samples: 50 }, batchSize: 5 }));
      await earlier;
      const { columns } = await page.calls.samples({ part: "training", from: 0, count: 1, drafted: true });
      expect([...columns.values()].map(({ length }) => length)).toEqual([2, 1]);
    }));

  test("leaves what is training alone", () =>
    withPage(async (page) => {
      await page.open(small());
      await page.train();
      await page.draft(small({ data: { kind: "circle", samples: 50 }, batchSize: 5 }));
      await page.untilStep(20);
      expect((await page.calls.samples({ part: "training", from: 0, count: 1000 })).count).toBe(70);
    }));
});

test("JSON is read strictly", () =>
  withPage(async (page) => {
    const { version, data, model, loss, optimizer } = small();
    const json = { version, data, model, loss, optimizer };
    expect(await page.calls.parse(json)).toMatchObject({ batchSize: 64, seed: 1 });
    await expect(page.calls.parse({ ...json, colour: "red" })).rejects.toThrow('the experiment has "colour"');
  }));
