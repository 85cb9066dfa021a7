import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chain, settingOf } from "./model-spec.ts";

// What it costs to add a layer: a file and its line in the list. Done to a copy of the sources, which then runs.

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The file of the layer: y = factor · x, with one trained number for all. */
const scaleLayer = `
import { mul } from "../../graph/ops/mul.ts";
import { number } from "../../schema/field.ts";
import { filled } from "../initializer.ts";
import { defineLayer } from "../layer.ts";

/** (B, …) → (B, …): factor · x, with one trained number for all. */
export const scaleLayer = defineLayer({
  kind: "Scale",
  family: "core",
  help: { en: "Multiplies all values by one trained number.", zh: "把所有值乘以同一个可训练的数。" },
  fields: {
    initial: number({
      label: { en: "Initial factor", zh: "初始系数" },
      help: { en: "What the factor starts from.", zh: "系数的初始值。" },
      min: -10,
      max: 10,
      default: 1,
    }),
  },
  build: ({ initial }, [x], context) => mul(x, context.parameter("factor", [], filled(initial))),
});
`;

describe("a layer that is added as a file and its line in the list", () => {
  let folder = "";
  /** A module of the copy, by its path in src. */
  const copied = (path: string) => import(join(folder, "src", path));
  const experiment = {
    version: 1,
    data: { kind: "plane", samples: 200 },
    model: JSON.parse(JSON.stringify(chain({ layer: "Dense", units: 1 }))),
    loss: { kind: "meanSquaredError" },
    optimizer: { kind: "sgd", learningRate: 0.05 },
    batchSize: 20,
    stop: { steps: 100 },
  };
  experiment.model.nodes.push({ id: "scale", layer: "Scale", initial: 0.5 });
  experiment.model.edges.push({ from: "layer_1", to: "scale" });

  beforeAll(() => {
    // Within the project, where its packages are found; git and the linter ignore the folder.
    mkdirSync(join(root, ".cache"), { recursive: true });
    folder = mkdtempSync(join(root, ".cache", "new-layer-"));
    for (const name of ["src", "shaders"]) cpSync(join(root, name), join(folder, name), { recursive: true });
    writeFileSync(join(folder, "src/nn/layers/scale.ts"), scaleLayer);
    const list = join(folder, "src/nn/layers.ts");
    const before = readFileSync(list, "utf8");
    const after = before
      .replace(/^/, 'import { scaleLayer } from "./layers/scale.ts";\n')
      .replace("readonly Layer[] = [\n", "$&  scaleLayer,\n");
    expect(after.split("\n").length).toBe(before.split("\n").length + 2);
    writeFileSync(list, after);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is not one of the project's own", async () => {
    const { parseExperiment } = await import("../../src/nn/experiment.ts");
    expect(() => parseExperiment(experiment)).toThrow('model.nodes[2].layer is "Scale"; layers: Input, ');
  });

  test("is read, checked and completed by the experiment's schema", async () => {
    const { parseExperiment } = (await copied("nn/experiment.ts")) as typeof import("../../src/nn/experiment.ts");
    expect(parseExperiment(experiment).model.nodes[2]).toEqual({
      id: "scale",
      layer: "Scale",
      frozen: false,
      initial: 0.5,
    });
    const wrong = structuredClone(experiment);
    wrong.model.nodes[2].initial = 11;
    expect(() => parseExperiment(wrong)).toThrow("model.nodes[2].initial is 11; give a number from -10 to 10");
  });

  test("is in the list that screens draw palette and inspector from", async () => {
    const { layers } = (await copied("nn/layers.ts")) as typeof import("../../src/nn/layers.ts");
    const { newNode } = (await copied("nn/new-node.ts")) as typeof import("../../src/nn/new-node.ts");
    const scale = layers.find(({ kind }) => kind === "Scale") as (typeof layers)[number];
    expect(scale.fields.initial?.label).toEqual({ en: "Initial factor", zh: "初始系数" });
    expect(newNode(scale, [])).toEqual({ id: "scale", layer: "Scale", frozen: false, initial: 1 });
  });

  test("is built and described", async () => {
    const { parseExperiment } = (await copied("nn/experiment.ts")) as typeof import("../../src/nn/experiment.ts");
    const { buildModel } = (await copied("nn/model.ts")) as typeof import("../../src/nn/model.ts");
    const { describeModel } = (await copied("nn/describe-model.ts")) as typeof import("../../src/nn/describe-model.ts");
    const setting = settingOf({ columns: { x: [2] } });
    const description = describeModel(buildModel(parseExperiment(experiment).model, setting));
    expect(description.get("scale")).toEqual({ shape: [1], parameters: 1, flops: 1 });
  });

  test("is trained on the GPU: its number changes, and the loss falls", async () => {
    const { parseExperiment } = (await copied("nn/experiment.ts")) as typeof import("../../src/nn/experiment.ts");
    const { openGpu } = (await copied("gpu/device.ts")) as typeof import("../../src/gpu/device.ts");
    const { nodeGpu } = (await copied("gpu/node-gpu.ts")) as typeof import("../../src/gpu/node-gpu.ts");
    const { loadDataset } = (await copied("train/load-dataset.ts")) as typeof import("../../src/train/load-dataset.ts");
    const { gpuBackend } = (await copied("train/gpu-backend.ts")) as typeof import("../../src/train/gpu-backend.ts");
    const { Trainer } = (await copied("train/trainer.ts")) as typeof import("../../src/train/trainer.ts");
    const parsed = parseExperiment(experiment);
    const gpu = await openGpu({ gpu: await nodeGpu() });
    try {
      const trainer = await Trainer.create(gpuBackend(gpu), parsed, await loadDataset(parsed));
      const factor = async () => (await trainer.weights()).get("scale.factor")?.values[0];
      expect(await factor()).toBe(0.5);
      const losses: number[] = [];
      await trainer.train({ onMetrics: (rows) => losses.push(...rows.map(({ loss }) => loss as number)) });
      expect(Math.abs(((await factor()) as number) - 0.5)).toBeGreaterThan(0.01);
      expect(losses).toHaveLength(100);
      expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] as number));
      trainer.destroy();
    } finally {
      gpu.destroy();
    }
  });
});
