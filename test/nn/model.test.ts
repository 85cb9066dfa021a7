import { describe, expect, test } from "vitest";
import { DescentError } from "../../src/errors.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { ModelSpec } from "../../src/nn/experiment.ts";
import { buildModel, draftModel } from "../../src/nn/model.ts";
import { expectChinese } from "../chinese.ts";
import { chain, modelSpec, type SettingOptions, settingOf } from "./model-spec.ts";

const input = { id: "input", layer: "Input" };
const dense = (id: string, units = 3) => ({ id, layer: "Dense", units });
const add = { id: "add", layer: "Add" };
const flat = { columns: { x: [4] } };

const shapes = (spec: ModelSpec, options: SettingOptions = flat) =>
  Object.fromEntries([...draftModel(spec, settingOf(options)).nodes].map(([id, { shape }]) => [id, shape.slice(1)]));
const problems = (spec: ModelSpec, options: SettingOptions = flat) =>
  Object.fromEntries([...draftModel(spec, settingOf(options)).problems].map(([id, { message }]) => [id, message]));

describe("a model is built", () => {
  test("in the order of its edges, whatever the order of its nodes", () => {
    const spec = modelSpec([dense("c", 2), dense("b", 5), input, dense("a", 7)], ["b c", "a b", "input a"]);
    const { output, outputNode, parameters } = buildModel(spec, settingOf(flat));
    expect([output.shape, outputNode]).toEqual([[2, 2], "c"]);
    expect(parameters.map(({ name, tensor }) => [name, tensor.shape])).toEqual([
      ["a.kernel", [4, 7]],
      ["a.bias", [7]],
      ["b.kernel", [7, 5]],
      ["b.bias", [5]],
      ["c.kernel", [5, 2]],
      ["c.bias", [2]],
    ]);
  });

  test("with a skip connection", () => {
    const spec = modelSpec([input, dense("a", 4), dense("b", 4), add], ["input a", "a b", "input add", "b add"]);
    expect(shapes(spec)).toEqual({ input: [4], a: [4], b: [4], add: [4] });
    expect(problems(spec)).toEqual({});
  });

  test("with one node twice into the same layer, which is then doubled", () => {
    const spec = modelSpec([input, add], ["input add", "input add"]);
    const setting = settingOf({ columns: { x: [3] }, batch: 1 });
    const { output } = buildModel(spec, setting);
    const feed = new Map([[setting.columns.get("x") as Tensor, new NdArray([1, 3], [1, -2, 0.5])]]);
    expect([...(interpret([output], feed)[0] as NdArray).data]).toEqual([2, -4, 1]);
  });

  test("with inputs in the order of the edges", () => {
    const join = { id: "join", layer: "Concatenate" };
    const built = (...edges: string[]) => {
      const setting = settingOf({ columns: { a: [1], b: [1] }, batch: 1 });
      const spec = modelSpec([{ ...input, column: "a" }, { id: "other", layer: "Input", column: "b" }, join], edges);
      const [a, b] = ["a", "b"].map((name) => setting.columns.get(name) as Tensor) as [Tensor, Tensor];
      const feed = new Map([
        [a, new NdArray([1, 1], [1])],
        [b, new NdArray([1, 1], [2])],
      ]);
      return [...(interpret([buildModel(spec, setting).output], feed)[0] as NdArray).data];
    };
    expect(built("input join", "other join")).toEqual([1, 2]);
    expect(built("other join", "input join")).toEqual([2, 1]);
  });

  test("with several columns of several shapes", () => {
    const spec = modelSpec(
      [
        { id: "image", layer: "Input", column: "pixels" },
        { id: "text", layer: "Input", column: "words" },
        { id: "flatten", layer: "Flatten" },
        { id: "embedding", layer: "Embedding", features: 6 },
        { id: "pool", layer: "GlobalAveragePooling" },
        { id: "join", layer: "Concatenate" },
      ],
      ["image flatten", "text embedding", "embedding pool", "flatten join", "pool join"],
    );
    const options = { columns: { pixels: [2, 2, 3], words: [5] }, tokens: { words: 11 } };
    expect(shapes(spec, options)).toEqual({
      image: [2, 2, 3],
      text: [5],
      flatten: [12],
      embedding: [5, 6],
      pool: [6],
      join: [18],
    });
    const table = buildModel(spec, settingOf(options)).parameters.find(({ name }) => name === "embedding.table");
    expect(table?.tensor.shape).toEqual([11, 6]);
  });

  test("of one Input alone", () => {
    expect(buildModel(modelSpec([input], []), settingOf(flat)).output.shape).toEqual([2, 4]);
  });

  test("with frozen nodes, whose parameters say so and whose statistics stay", () => {
    const layers = [{ layer: "Dense", frozen: true }, { layer: "BatchNorm", frozen: true }, { layer: "BatchNorm" }];
    const { parameters, statistics } = buildModel(chain(...layers), settingOf(flat));
    expect([...new Set(parameters.map(({ node, frozen }) => `${node} ${frozen}`))]).toEqual([
      "layer_1 true",
      "layer_2 true",
      "layer_3 false",
    ]);
    const carried = (node: string) => statistics.filter((s) => s.node === node).map(({ next }) => next !== undefined);
    expect(carried("layer_2")).toEqual([false, false]);
    expect(carried("layer_3")).toEqual([true, true]);
  });

  test("with dropout in a frozen node too, which keeps no more than its parameters and statistics", () => {
    const { output } = buildModel(chain({ layer: "Dropout", rate: 0.25, frozen: true }), settingOf(flat));
    expect(output.call.op.name).toBe("dropout");
  });

  test("with an Embedding that knows the tokens of its column behind a Reshape", () => {
    const spec = chain({ layer: "Reshape", shape: [2, 4] }, { layer: "Embedding", features: 3 });
    const { parameters } = buildModel(spec, settingOf({ columns: { text: [8] }, tokens: { text: 73 } }));
    expect(parameters.map(({ tensor }) => tensor.shape)).toEqual([[73, 3]]);
  });

  test("without dropout where it is evaluated, and with a live number where it is trained", () => {
    const spec = chain({ layer: "Dropout", rate: 0.25 });
    const trained = buildModel(spec, settingOf(flat));
    expect(trained.live.map(({ name, value }) => [name, value])).toEqual([["layer_1.rate", 0.25]]);
    const evaluated = buildModel(spec, settingOf({ ...flat, training: false }));
    expect(evaluated.output).toBe(evaluated.nodes.get("input"));
    expect(evaluated.live).toEqual([]);
  });
});

describe("a wiring that makes no sense is refused, with the layer and the cure", () => {
  test.each<[string, ModelSpec, Record<string, string>]>([
    [
      "a cycle",
      modelSpec([input, dense("a"), dense("b"), dense("c")], ["input a", "a b", "b c", "c a"]),
      { a: 'Dense "a": the layers go round in a circle: a → b → c → a; remove one of these edges' },
    ],
    [
      "an edge from a node to itself",
      modelSpec([input, dense("a")], ["input a", "a a"]),
      { a: 'Dense "a": the layers go round in a circle: a → a; remove one of these edges' },
    ],
    [
      "a cycle before the output",
      modelSpec([input, dense("a"), dense("b"), dense("end")], ["input a", "a b", "b a", "b end"]),
      { a: 'Dense "a": the layers go round in a circle: a → b → a; remove one of these edges' },
    ],
    [
      "two cycles that have nothing to do with each other",
      modelSpec([input, dense("a"), dense("b"), dense("c"), dense("d")], ["input a", "a b", "b a", "c d", "d c"]),
      {
        a: 'Dense "a": the layers go round in a circle: a → b → a; remove one of these edges',
        c: 'Dense "c": the layers go round in a circle: c → d → c; remove one of these edges',
      },
    ],
    [
      "an edge to a node that there is not",
      modelSpec([input, dense("a")], ["input a", "a nowhere"]),
      { a: 'Dense "a": the edge a → nowhere names "nowhere", which is no node; correct the name, or remove the edge' },
    ],
    [
      "an edge from a node that there is not",
      modelSpec([input, dense("a"), add], ["input a", "a add", "input add", "ghost add"]),
      { add: 'Add "add": the edge ghost → add names "ghost", which is no node; correct the name, or remove the edge' },
    ],
    [
      "an edge between nodes that there are not",
      modelSpec([input], ["here there"]),
      { here: 'the edge here → there names "here", which is no node; correct the name, or remove the edge' },
    ],
    [
      "two nodes of one id",
      modelSpec([input, dense("a"), dense("a"), dense("b")], ["input a", "a b"]),
      { a: 'Dense "a": another node has this id; give each its own' },
    ],
    [
      "two outputs",
      modelSpec([input, dense("a"), dense("b")], ["input a", "input b"]),
      { a: 'Dense "a": it leads nowhere, and so does "b", the output; connect it to a layer, or remove it' },
    ],
    [
      "an Input that leads nowhere",
      modelSpec([input, { id: "more", layer: "Input" }, dense("a")], ["input a"]),
      { more: 'Input "more": it leads nowhere, and so does "a", the output; connect it to a layer, or remove it' },
    ],
    [
      "a layer without input",
      modelSpec([input, dense("a"), dense("b"), add], ["input a", "a add", "b add"]),
      { b: 'Dense "b": it has no input; connect a layer to it' },
    ],
    [
      "an Add with one input",
      modelSpec([input, add], ["input add"]),
      { add: 'Add "add": it has 1 input and takes at least 2; connect another layer to it' },
    ],
    [
      "a Dense with two inputs",
      modelSpec([input, dense("a")], ["input a", "input a"]),
      {
        a: 'Dense "a": it has 2 inputs and takes 1; remove edges, or join them before with Add or Concatenate',
      },
    ],
    [
      "a MultiHeadAttention with three inputs",
      modelSpec([input, { id: "a", layer: "MultiHeadAttention" }], ["input a", "input a", "input a"]),
      {
        a: 'MultiHeadAttention "a": it has 3 inputs and takes 1 to 2; remove edges, or join them before with Add or Concatenate',
      },
    ],
    [
      "an edge into an Input",
      modelSpec([input, { id: "again", layer: "Input" }], ["input again"]),
      { again: 'Input "again": it takes a column of the data, and no edge; remove the edges into it' },
    ],
    [
      "a column that the data does not have",
      modelSpec([{ ...input, column: "y" }], []),
      { input: 'Input "input": the data has no input column "y"; it has x' },
    ],
  ])("%s", (_, spec, expected) => {
    expect(problems(spec)).toEqual(expected);
    expect(() => buildModel(spec, settingOf(flat))).toThrow(Object.values(expected)[0] as string);
    expect(() => buildModel(spec, settingOf(flat))).toThrow(DescentError);
    for (const problem of draftModel(spec, settingOf(flat)).problems.values()) expectChinese(problem);
  });

  test("no layer at all", () => {
    const empty = { nodes: [], edges: [] };
    expect(problems(empty)).toEqual({});
    expect(() => buildModel(empty, settingOf(flat))).toThrow(
      expect.objectContaining({
        message: "the model has no layer; add an Input and layers behind it",
        text: expect.objectContaining({ zh: "网络中没有层；请添加 Input 以及其后的层" }),
      }),
    );
  });
});

describe("a draft", () => {
  test("tells every problem at once, one a node, and nothing of what only stands behind one", () => {
    const spec = modelSpec(
      [
        input,
        { id: "conv", layer: "Conv2D" },
        dense("behind"),
        { id: "attention", layer: "MultiHeadAttention", heads: 3 },
        dense("stray"),
      ],
      ["input conv", "conv behind", "input attention", "ghost stray"],
    );
    expect(Object.keys(problems(spec)).sort()).toEqual(["attention", "conv", "stray"]);
  });

  test("has the shapes of all that can be built: before, beside and behind what leads nowhere", () => {
    const spec = modelSpec(
      [input, dense("a", 5), { id: "conv", layer: "Conv2D" }, dense("loose", 6), dense("end", 7)],
      ["input a", "a conv", "input loose", "a end"],
    );
    expect(shapes(spec)).toEqual({ input: [4], a: [5], loose: [6], end: [7] });
    const { output, outputNode } = draftModel(spec, settingOf(flat));
    expect([outputNode, output?.shape]).toEqual(["end", [2, 7]]);
  });

  test("has the shape of a layer that also leads to a node that there is not", () => {
    const spec = modelSpec([input, dense("a", 5), dense("b", 6)], ["input a", "a b", "a nowhere"]);
    expect(shapes(spec)).toEqual({ input: [4], a: [5], b: [6] });
  });

  test("has no output where the output cannot be built", () => {
    const { output, outputNode } = draftModel(chain({ layer: "Conv2D" }), settingOf(flat));
    expect([output, outputNode]).toEqual([undefined, "layer_1"]);
  });

  test("has no parameters of a layer that cannot be built", () => {
    const spec = chain({ layer: "Conv2D", filters: 2 }, { layer: "Conv2D", filters: 4096, padding: "same" });
    const { parameters, problems } = draftModel(spec, settingOf({ columns: { x: [2048, 2048, 1] }, batch: 1 }));
    expect([...problems.keys()]).toEqual(["layer_2"]);
    expect(parameters.map(({ name }) => name)).toEqual(["layer_1.kernel", "layer_1.bias"]);
  });

  test("of a thousand layers is made all the same", () => {
    const layers = Array.from({ length: 999 }, () => ({ layer: "Activation", activation: "tanh" }));
    expect(draftModel(chain(...layers), settingOf(flat)).output?.shape).toEqual([2, 4]);
  });
});

test("what is wrong is told in Chinese too", () => {
  const spec = modelSpec([input, dense("a"), add], ["input a", "a a", "input add"]);
  for (const error of draftModel(spec, settingOf(flat)).problems.values()) {
    expect((error as { text?: { zh: string } }).text?.zh).toMatch(/\p{Script=Han}{4}.*；请/u);
  }
});
