import { describe, expect, test } from "vitest";
import { sharedGpu } from "../../plan/open.ts";
import { chain, images, small } from "../small-run.ts";
import { distance, inRows, NEAR, Reference, withRun } from "./looking.ts";

const gpu = sharedGpu();

const convnet = small({
  model: chain(
    { id: "norm", layer: "BatchNorm" },
    { id: "conv", layer: "Conv2D", filters: 4, kernelSize: 3, padding: "same", activation: "relu" },
    { id: "drop", layer: "Dropout", rate: 0.5 },
    { id: "flat", layer: "Flatten" },
  ),
  batchSize: 8,
});

describe("features", () => {
  test.each([
    ["norm", [6, 6, 2]],
    ["conv", [6, 6, 4]],
    ["drop", [6, 6, 4]],
    ["flat", [144]],
    ["output", [3]],
  ])("of %s are what the interpreter gives, with running statistics and without dropout", (node, shape) =>
    withRun(
      gpu(),
      convnet,
      async (run) => {
        const seen = await run.look({ kind: "features", node, subject: 2 });
        expect(seen.shape).toEqual(shape);
        expect(distance(seen.values, (await Reference.of(run, [2])).node(node))).toBeLessThan(NEAR);
      },
      { dataset: images() },
    ),
  );

  test("of an input are the sample's own values", () =>
    withRun(
      gpu(),
      convnet,
      async (run) => {
        const given = Float32Array.from({ length: 72 }, (_, k) => k / 72);
        const { values } = await run.look({ kind: "features", node: "input", subject: given });
        expect([...values]).toEqual([...given]);
      },
      { dataset: images() },
    ));

  test("are refused of a layer that there is not, with the names of those there are", () =>
    withRun(gpu(), small(), async (run) => {
      await expect(run.look({ kind: "features", node: "conv_9", subject: 0 })).rejects.toMatchObject({
        text: { en: expect.stringContaining("input, hidden, output"), zh: expect.stringContaining("conv_9") },
      });
    }));

  test("follow the subject without another plan", () =>
    withRun(gpu(), small(), async (run) => {
      const { openView } = await import("../../../src/train/views.ts");
      const view = await openView(run, { kind: "features", node: "hidden", subject: 0 });
      try {
        const first = await view.look();
        expect(view.change?.({ kind: "features", node: "hidden", subject: 7 })).toBe(true);
        const second = await view.look();
        expect(second.values).not.toEqual(first.values);
        expect(distance(second.values, (await Reference.of(run, [7])).node("hidden"))).toBeLessThan(NEAR);
        expect(view.change?.({ kind: "features", node: "output", subject: 7 })).toBe(false);
      } finally {
        view.destroy();
      }
    }));
});

describe("filters", () => {
  test("are the kernels of the first convolution, of two channels their mean", () =>
    withRun(
      gpu(),
      convnet,
      async (run) => {
        const seen = await run.look({ kind: "filters" });
        const kernel = (await run.trainer.weights()).get("conv.kernel")?.values as Float32Array;
        // (3, 3, 2, 4)
        const at = (filter: number, pixel: number) =>
          ((kernel[(pixel * 2 + 0) * 4 + filter] as number) + (kernel[(pixel * 2 + 1) * 4 + filter] as number)) / 2;
        const expected = [0, 1, 2, 3].flatMap((filter) => Array.from({ length: 9 }, (_, pixel) => at(filter, pixel)));
        expect(seen).toMatchObject({ node: "conv", count: 4, rows: 3, columns: 3, channels: 1 });
        expect(distance(seen.values, expected)).toBeLessThan(1e-6);
      },
      { dataset: images() },
    ));

  test("are refused of a model without a convolution, in both languages", () =>
    withRun(gpu(), small(), async (run) => {
      await expect(run.look({ kind: "filters" })).rejects.toMatchObject({
        text: { en: expect.stringContaining("add a Conv2D layer"), zh: expect.stringContaining("请添加 Conv2D 层") },
      });
    }));
});

describe("numbers", () => {
  const series = small({
    data: { kind: "sineMixture", samples: 400, length: 8, horizon: 3, validation: 0.25 },
    model: chain({ id: "flat", layer: "Flatten" }),
    loss: { kind: "meanSquaredError" },
    metrics: [],
  });

  test("forecasts stand beside the windows and how they go on, and are the interpreter's", () =>
    withRun(gpu(), series, async (run) => {
      const seen = await run.look({ kind: "forecasts", count: 70 });
      const places = [...new Array(70).keys()];
      const reference = await Reference.of(run, places);
      expect(seen).toMatchObject({ count: 70, length: 8, horizon: 3 });
      expect(distance(seen.predictions, reference.node("output"))).toBeLessThan(NEAR);
      expect(distance(seen.windows, reference.node("input"))).toBe(0);
      expect(inRows(seen.truths, 3)).toHaveLength(70);
      expect(distance(seen.truths, seen.predictions)).toBeGreaterThan(0);
    }));

  test("regression has as many numbers as are asked for, of targets with several all of a sample", () =>
    withRun(gpu(), series, async (run) => {
      const { truths, predictions } = await run.look({ kind: "regression", limit: 10 });
      expect(distance(predictions, (await Reference.of(run, [0, 1, 2, 3])).node("output").slice(0, 10))).toBeLessThan(
        NEAR,
      );
      expect(truths).toHaveLength(10);
    }));

  test("a probability that a logit stands for is told as such", () => {
    const logits = small({
      data: { kind: "glyphDigits", samples: 40, target: "image" },
      model: chain({ id: "flat", layer: "Flatten" }),
      loss: { kind: "binaryCrossentropy" },
      metrics: [],
    });
    return withRun(
      gpu(),
      logits,
      async (run) => {
        const seen = await run.look({ kind: "reconstructions", count: 2 });
        const said = (await Reference.of(run, [0, 1])).node("output").map((logit) => 1 / (1 + Math.exp(-logit)));
        expect(seen).toMatchObject({ count: 2, shape: [28, 28, 1] });
        expect(distance(seen.outputs, said)).toBeLessThan(NEAR);
        expect(distance(seen.inputs, (await Reference.of(run, [0, 1])).node("input"))).toBeLessThan(1e-6);
      },
      { steps: 1 },
    );
  });

  test.each(["regression", "forecasts", "reconstructions"] as const)("%s is refused of data in classes", (kind) =>
    withRun(gpu(), small(), async (run) => {
      const request = kind === "regression" ? { kind, limit: 4 } : ({ kind, count: 4 } as const);
      await expect(run.look(request)).rejects.toMatchObject({
        text: { en: expect.stringContaining("choose a data set"), zh: expect.stringContaining("请选择") },
      });
    }),
  );
});
