import { afterEach, describe, expect, test, vi } from "vitest";
import type { Dataset } from "../../src/data/dataset.ts";
import type { Experiment } from "../../src/nn/experiment.ts";
import { ModelError } from "../../src/nn/model-error.ts";
import { gpuBackend } from "../../src/train/gpu-backend.ts";
import { loadDataset } from "../../src/train/load-dataset.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { expectChinese } from "../chinese.ts";
import { idxFile } from "../cli/experiments.ts";
import { sharedGpu } from "../plan/open.ts";
import { chain, images, rejection, small } from "./small-run.ts";

const gpu = sharedGpu();

afterEach(() => {
  vi.restoreAllMocks();
});

/** What creating a trainer is rejected with; whatever it is, nothing stays allocated and the device goes on. */
async function refusal(experiment: Experiment, dataset?: Dataset): Promise<unknown> {
  const before = gpu().liveBytes;
  const error = await rejection(
    (async () => Trainer.create(gpuBackend(gpu()), experiment, dataset ?? (await loadDataset(experiment))))(),
  );
  expect(error).toBeInstanceOf(Error);
  expect({ bytes: gpu().liveBytes, failure: gpu().failure }).toEqual({ bytes: before, failure: undefined });
  return error;
}

const dense = (id: string, more: object = {}) => ({ id, layer: "Dense", units: 8, ...more });

describe("a model that cannot be is refused with its layer, what is wrong, and the cure", () => {
  const { nodes, edges } = chain(dense("hidden"));

  test.each([
    [
      "for shapes that do not fit",
      { model: chain({ id: "conv", layer: "Conv2D" }) },
      "shape",
      "Conv2D",
      "conv",
      /shape 2; connect it .*, or use Dense/,
    ],
    [
      "for a wiring that is a circle",
      { model: { nodes, edges: [...edges, { from: "output", to: "hidden" }] } },
      "graph",
      "Dense",
      "hidden",
      /hidden → output → hidden; remove one of these edges/,
    ],
    [
      "for two ends",
      { model: { nodes: [...nodes, dense("aside")], edges: [...edges, { from: "input", to: "aside" }] } },
      "graph",
      "Dense",
      /^(aside|output)$/,
      /leads nowhere.*connect it to a layer, or remove it/,
    ],
    [
      "for an edge from nowhere",
      { model: { nodes, edges: [...edges, { from: "dense", to: "hidden" }] } },
      "graph",
      "Dense",
      "hidden",
      /"dense", which is no node; correct the name/,
    ],
    [
      "for an output that is too small for the classes",
      { model: { nodes: nodes.map((node) => (node.id === "output" ? dense("output", { units: 1 }) : node)), edges } },
      "shape",
      "Dense",
      "output",
      /2/,
    ],
  ])("%s", async (_name, changes, kind, op, node, message) => {
    const error = await refusal(small(changes));
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({
      kind,
      op,
      node: expect.stringMatching(node),
      message: expect.stringMatching(message),
      text: { en: expect.stringMatching(message) },
    });
    expectChinese(error);
  });

  test("for a kernel larger than what is left of the image, and the repair makes it fit", async () => {
    const experiment = (changes: object = {}) => {
      const conv = { id: "conv", layer: "Conv2D", filters: 2, kernelSize: [7, 3], padding: "valid", ...changes };
      return small({ model: chain(conv, { id: "flat", layer: "Flatten" }) });
    };
    const error = await refusal(experiment(), images());
    expect(error).toMatchObject({ kind: "shape", op: "Conv2D", node: "conv", message: expect.stringMatching(/7.*6/) });
    const { repairs } = error as ModelError;
    expect(repairs.length).toBeGreaterThan(0);
    for (const repair of repairs) {
      if (repair.kind !== "set") throw new Error(`the repair is ${JSON.stringify(repair)}`);
      (await Trainer.create(gpuBackend(gpu()), experiment({ [repair.field]: repair.value }), images())).destroy();
    }
  });
});

describe("an experiment that does not fit its data is refused", () => {
  test("for a batch larger than the samples", async () => {
    expect(await refusal(small({ batchSize: 71 }))).toMatchObject({
      kind: "experiment",
      message: "the batch size is 71, and there are 70 training samples; use a batch size of at most 70",
    });
  });

  test.each([
    [
      "labels for numbers",
      { data: { kind: "plane", samples: 100 }, loss: { kind: "meanSquaredError" }, metrics: ["accuracy"] },
      /"accuracy".* labels.* numbers: use .*meanAbsoluteError/,
    ],
    ["numbers for labels", { metrics: ["r2"] }, /"r2".* numbers.* labels: use .*accuracy/],
    [
      "a cross-entropy for another loss",
      { metrics: ["perplexity"], loss: { kind: "hinge" } },
      /"perplexity", which is of a cross-entropy, but the loss is hinge; remove it/,
    ],
  ])("for metrics that are of %s, and the repair takes them out", async (_name, changes, message) => {
    const experiment = small(changes);
    const error = await refusal(experiment);
    const repairs = experiment.metrics.map((metric) => ({ kind: "setMetric", metric, isMeasured: false }));
    expect(error).toMatchObject({ kind: "experiment", message: expect.stringMatching(message), repairs });
    expectChinese(error);
    // What the screen calls it, not what the experiment does.
    for (const kind of [...experiment.metrics, experiment.loss.kind]) {
      expect((error as ModelError).text.zh).not.toContain(kind);
    }
  });

  test("for a stop at an accuracy that is not measured, and the repair measures it", async () => {
    const stop = { accuracy: 0.9 };
    const repairs = [{ kind: "setMetric", metric: "accuracy", isMeasured: true }];
    expect(await refusal(small({ metrics: [], stop }))).toMatchObject({ kind: "experiment", repairs });
    const numbers = { data: { kind: "plane", samples: 100 }, loss: { kind: "meanSquaredError" } };
    expect(await refusal(small({ ...numbers, metrics: [], stop }))).toMatchObject({ kind: "experiment", repairs: [] });
  });

  test.each([
    [
      "every layer frozen",
      [{ frozen: true }, { frozen: true }],
      /every layer that has parameters is frozen/,
      [{ kind: "thaw" }],
    ],
    ["no parameters at all", [{}], /no layer has parameters/, undefined],
  ])("for nothing to train: %s", async (_name, layers, message, repairs) => {
    const nodes = [{ id: "input", layer: "Input" }, ...layers.slice(1).map(() => ({ ...dense("a"), ...layers[0] }))];
    const model = { nodes, edges: nodes.slice(1).map(({ id }) => ({ from: "input", to: id })) };
    const error = await refusal(small({ model }));
    expect(error).toMatchObject({ kind: "experiment", message: expect.stringMatching(message) });
    expect((error as Partial<ModelError>).repairs).toEqual(repairs);
    expectChinese(error);
  });

  test("for a label that is none of its classes", async () => {
    const files = [
      { name: "train-images-idx3-ubyte", bytes: Uint8Array.from(idxFile([4, 1, 1], [1, 2, 3, 4])) },
      { name: "train-labels-idx1-ubyte", bytes: Uint8Array.from(idxFile([4], [0, 1, 2, 1])) },
    ];
    const experiment = small({ data: { kind: "idxImages", classes: 2 } });
    expect(await rejection(loadDataset(experiment, files))).toMatchObject({
      kind: "data",
      message: expect.stringMatching(
        /"train-labels-idx1-ubyte": the label of sample 3 is 2, .* 0 to 1; choose .*"classes"/,
      ),
    });
  });
});

describe("a model that is too large", () => {
  test("for any device is refused by its layer, before anything is allocated", async () => {
    const model = chain(dense("wide", { units: 65_535 }), dense("vast", { units: 65_535 }));
    expect(await refusal(small({ model }))).toMatchObject({
      kind: "shape",
      node: "vast",
      message: expect.stringMatching(
        /"vast.kernel" of the shape 65535×65535 would take 17,179,344,900 bytes.*use fewer/,
      ),
    });
  });

  test.each([1, 2])("for the memory that is left leaves nothing behind (refused at plan %d)", async (refusedAt) => {
    const { device } = gpu();
    const create = device.createBuffer.bind(device);
    const pop = device.popErrorScope.bind(device);
    let plans = 0;
    let scopes = 0;
    vi.spyOn(device, "createBuffer").mockImplementation((descriptor) => {
      // Each plan asks for its readback buffers last.
      if (descriptor.label === "readback 0" && ++plans === refusedAt) scopes = 2;
      return create(descriptor);
    });
    vi.spyOn(device, "popErrorScope").mockImplementation(async () => {
      // The scope of the buffer's memory is popped after that of its validation.
      const isFull = scopes > 0 && --scopes === 0;
      return (await pop()) ?? (isFull ? ({ message: "no memory" } as GPUError) : null);
    });
    expect(await refusal(small())).toMatchObject({ kind: "out-of-memory" });
    expect(plans).toBe(refusedAt);
  });
});
