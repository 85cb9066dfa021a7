import { describe, expect, test } from "vitest";
import type { Dataset } from "../../src/data/dataset.ts";
import { type Experiment, type ModelSpec, parseExperiment } from "../../src/nn/experiment.ts";
import { layers } from "../../src/nn/layers.ts";
import { buildModel, draftModel } from "../../src/nn/model.ts";
import { ModelError } from "../../src/nn/model-error.ts";
import { type ModelRepair, repaired as repairedWith } from "../../src/nn/repair-model.ts";
import { evaluateOn } from "../../src/train/evaluated.ts";
import { loadDataset } from "../../src/train/load-dataset.ts";
import { changed, smallExperiment } from "./experiment-json.ts";
import { chain, type LayerJson, modelSpec, type SettingOptions, settingOf } from "./model-spec.ts";

const repaired = (model: ModelSpec, node: string, repair: ModelRepair) => repairedWith(model, node, repair, layers);

describe("a repair", () => {
  const plain = modelSpec(
    [
      { id: "input", layer: "Input" },
      { id: "flatten", layer: "Flatten" },
      { id: "a", layer: "Dense" },
      { id: "b", layer: "Dense" },
      { id: "join", layer: "Concatenate" },
    ],
    ["input flatten", "flatten a", "a join", "flatten join", "b join", "flatten b"],
  );
  const edgesOf = ({ edges }: ModelSpec) => edges.map(({ from, to }) => `${from} ${to}`);

  test("that sets a field sets it at its node alone, and leaves the given model as it was", () => {
    const before = structuredClone(plain);
    const after = repaired(plain, "a", { kind: "set", field: "units", value: 3 });
    expect(after.nodes.map(({ id, units }) => [id, units]).slice(2, 4)).toEqual([
      ["a", 3],
      ["b", 64],
    ]);
    expect(after.edges).toEqual(plain.edges);
    expect(plain).toEqual(before);
  });

  test("that inserts a layer puts it between a node and what leads to it, complete and under an id of its own", () => {
    const after = repaired(plain, "a", { kind: "insert", layer: "Flatten" });
    expect(after.nodes.map(({ id }) => id)).toEqual(["input", "flatten", "flatten_2", "a", "b", "join"]);
    expect(edgesOf(after)).toEqual([
      "input flatten",
      "flatten flatten_2",
      "a join",
      "flatten join",
      "b join",
      "flatten b",
      "flatten_2 a",
    ]);
  });

  test("that removes a node joins what led to it to where it led, in its place among the inputs", () => {
    expect(edgesOf(repaired(plain, "flatten", { kind: "remove" }))).toEqual([
      "input a",
      "a join",
      "input join",
      "b join",
      "input b",
    ]);
    const withoutEnd = repaired(plain, "join", { kind: "remove" });
    expect(edgesOf(withoutEnd)).toEqual(["input flatten", "flatten a", "flatten b"]);
  });

  test("that removes a node takes it out of its group, and the group with it that has no other", () => {
    const group = (id: string, nodes: readonly string[]) => ({ id, name: id, nodes, collapsed: false });
    const grouped = { ...plain, groups: [group("both", ["flatten", "a"]), group("alone", ["b"])] };
    const groupsWithout = (node: string) =>
      repaired(grouped, node, { kind: "remove" }).groups?.map(({ id, nodes }) => [id, nodes]);
    expect(groupsWithout("a")).toEqual([
      ["both", ["flatten"]],
      ["alone", ["b"]],
    ]);
    expect(groupsWithout("b")).toEqual([["both", ["flatten", "a"]]]);
    expect(repaired(grouped, "a", { kind: "insert", layer: "Flatten" }).groups).toEqual(grouped.groups);
  });

  test("gives a model that an experiment may have", () => {
    const repairs: readonly ModelRepair[] = [
      { kind: "insert", layer: "Reshape", config: { shape: [4, 1] } },
      { kind: "insert", layer: "Embedding" },
      { kind: "set", field: "units", value: "auto" },
      { kind: "remove" },
    ];
    for (const repair of repairs) {
      const model = repaired(plain, "a", repair);
      expect(parseExperiment(changed(["model"], JSON.parse(JSON.stringify(model)))).model).toEqual(model);
    }
  });
});

/** The model once the first problem's first repair is done, again and again, and how many there were. */
function cured(spec: ModelSpec, setting: SettingOptions, choice = 0): { spec: ModelSpec; repairs: number } {
  for (let repairs = 0, current = spec; repairs < 5; repairs++) {
    const [problem] = draftModel(current, settingOf(setting)).problems;
    if (problem === undefined) return { spec: current, repairs };
    const [node, error] = problem;
    if (!(error instanceof ModelError)) throw error;
    const repair = error.repairs[repairs === 0 ? choice : 0];
    if (repair === undefined) throw error;
    current = repaired(current, node, repair as ModelRepair);
  }
  throw new Error("no end of repairs");
}

const flat: SettingOptions = { columns: { x: [64] } };
const words: SettingOptions = { columns: { x: [10] }, tokens: { x: 30 } };

/** What is wrong, the model, its setting, and the shape of the output after each of the repairs that are offered. */
const typical: readonly (readonly [what: string, ModelSpec, SettingOptions, readonly (readonly number[])[]])[] = [
  ["a convolution on flat data", chain({ layer: "Conv2D", filters: 3 }), flat, [[6, 6, 3]]],
  [
    "a kernel that is larger than the image",
    chain({ layer: "Conv2D", filters: 3, kernelSize: 5 }),
    { columns: { x: [4, 4, 1] } },
    [
      [4, 4, 3],
      [1, 1, 3],
    ],
  ],
  [
    "a pooling of what is one pixel already",
    chain({ layer: "MaxPooling2D" }),
    { columns: { x: [1, 1, 7] } },
    [
      [1, 1, 7],
      [1, 1, 7],
    ],
  ],
  ["a recurrent layer on an image", chain({ layer: "LSTM", units: 5 }), {}, [[5]]],
  [
    "a recurrent layer behind one that gives its last state",
    chain({ layer: "GRU" }, { layer: "GRU", units: 4 }),
    {},
    [[4]],
  ],
  ["a dense layer on tokens", chain({ layer: "Dense", units: 5 }), words, [[10, 5]]],
  ["a transformer on tokens", chain({ layer: "TransformerBlock" }), words, [[10, 64]]],
  ["a vocabulary that is too small", chain({ layer: "Embedding", vocabulary: 7, features: 3 }), words, [[10, 3]]],
  [
    "heads that do not divide the features",
    chain({ layer: "TransformerBlock", heads: 5 }),
    { columns: { x: [7, 12] } },
    [[7, 12]],
  ],
  [
    "groups that do not divide the channels",
    chain({ layer: "Conv2D", filters: 9, groups: 2 }),
    { columns: { x: [8, 8, 4] } },
    [
      [6, 6, 9],
      [6, 6, 10],
    ],
  ],
  ["an embedding of numbers", chain({ layer: "Embedding" }, { layer: "Dense", units: 2 }), flat, [[2]]],
  ["a Reshape to another size", chain({ layer: "Reshape", shape: [7, 7] }), flat, [[64]]],
];

describe("each repair that a problem offers cures it:", () => {
  test.each(typical)("%s", (_, spec, setting, shapes) => {
    const [problem] = draftModel(spec, settingOf(setting)).problems.values();
    expect((problem as ModelError).repairs).toHaveLength(shapes.length);
    for (const [choice, shape] of shapes.entries()) {
      const after = cured(spec, setting, choice);
      expect(after.repairs).toBeGreaterThan(0);
      expect(buildModel(after.spec, settingOf(setting)).output.shape).toEqual([2, ...shape]);
    }
  });
});

test("a layer of several inputs offers no insertion, which could not say before which of them", () => {
  const nodes = [
    { id: "x", layer: "Input", column: "x" },
    { id: "y", layer: "Input", column: "y" },
    { id: "join", layer: "Concatenate" },
  ];
  const setting = settingOf({ columns: { x: [10], y: [10] }, tokens: { y: 30 } });
  const error = draftModel(modelSpec(nodes, ["x join", "y join"]), setting).problems.get("join");
  expect(error?.message).toContain("insert an Embedding before it");
  expect((error as ModelError).repairs).toEqual([]);
});

describe("a repair of the output cures what the loss refuses:", () => {
  const image = { kind: "glyphDigits", samples: 20 };
  const model = (...layers: readonly LayerJson[]) => JSON.parse(JSON.stringify(chain(...layers)));

  test.each([
    ["too few units for the classes", image, model({ layer: "Flatten" }, { layer: "Dense", units: 3 }), [10]],
    ["a missing Flatten", image, model({ layer: "Dense", units: 10 }), [10]],
    ["too many units for two numbers", { kind: "plane" }, model({ layer: "Dense", units: 4 }), [1]],
  ])("%s", async (_, data, spec, shape) => {
    const loss = { kind: data === image ? "categoricalCrossentropy" : "meanSquaredError" };
    const experiment = parseExperiment({ ...smallExperiment, data, model: spec, loss });
    const dataset = await loadDataset(experiment);
    const error = refusalOf(experiment, dataset);
    expect(error.repairs.length).toBeGreaterThan(0);
    const after = repaired(experiment.model, error.node as string, error.repairs[0] as ModelRepair);
    expect(evaluated({ ...experiment, model: after }, dataset).model.output.shape.slice(1)).toEqual(shape);
  });

  function refusalOf(experiment: Experiment, dataset: Dataset): ModelError {
    try {
      evaluated(experiment, dataset);
    } catch (error) {
      if (error instanceof ModelError) return error;
      throw error;
    }
    throw new Error("nothing was refused");
  }

  function evaluated(experiment: Experiment, dataset: Dataset) {
    const columns = Object.fromEntries([...dataset.inputs, dataset.target].map(({ name, shape }) => [name, shape]));
    const tokens = dataset.target.dtype === "i32" ? { [dataset.target.name]: 10 } : {};
    const setting = settingOf({ columns, tokens });
    return evaluateOn(experiment, dataset, setting.columns, { training: true, random: setting.random });
  }
});
