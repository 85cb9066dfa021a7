import { describe, expect, test } from "vitest";
import { parseExperiment } from "../../src/nn/experiment.ts";
import { experimentError, refusalOf } from "../schema/refusal.ts";
import { changed, changedAt, type Path, smallExperiment } from "./experiment-json.ts";

const refusedAt = (path: Path, value: unknown) => refusalOf(() => parseExperiment(changed(path, value)));

describe("an experiment that is read", () => {
  test("has the default of whatever is left out", () => {
    const { model, ...rest } = parseExperiment(smallExperiment);
    expect(rest).toEqual({
      version: 1,
      name: "untitled",
      data: { kind: "circle", samples: 1000, validation: 0.3, noise: 0.02 },
      loss: { kind: "categoricalCrossentropy", smoothing: 0 },
      metrics: [],
      optimizer: {
        kind: "adam",
        learningRate: 0.001,
        weightDecay: 0,
        clipValue: null,
        clipNorm: null,
        average: null,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
      },
      schedule: { kind: "constant", warmup: 0 },
      batchSize: 64,
      shuffle: true,
      validateEvery: null,
      stop: { steps: null, epochs: null, loss: null, accuracy: null, patience: null },
      seed: 1,
    });
    expect(model.nodes[2]).toEqual({
      id: "output",
      layer: "Dense",
      frozen: false,
      units: "auto",
      activation: "linear",
      useBias: true,
      kernelInitializer: "glorotUniform",
    });
    expect(model.edges).toEqual(smallExperiment.model.edges);
  });

  test("has no groups of nodes where none are given, and shows all of each that is", () => {
    expect(parseExperiment(smallExperiment).model).not.toHaveProperty("groups");
    const groups = [{ id: "block", name: "Block", nodes: ["hidden", "output"] }];
    expect(parseExperiment(changed(["model", "groups"], groups)).model.groups).toEqual([
      { ...groups[0], collapsed: false },
    ]);
  });

  test("takes each optimizer's own learning rate where none is given", () => {
    const rate = (kind: string) => parseExperiment(changed(["optimizer", "kind"], kind)).optimizer.learningRate;
    expect([rate("adam"), rate("sgd")]).toEqual([0.001, 0.01]);
  });

  test("is another value than the JSON, which stays as it was", () => {
    const json = structuredClone(smallExperiment);
    parseExperiment(json);
    expect(json).toEqual(smallExperiment);
  });

  test.each([
    [
      ["model", "nodes", 1, "at"],
      [-12.5, 1e6],
    ],
    [["model", "nodes", 1, "frozen"], true],
    [["model", "nodes", 1, "id"], `a${"-".repeat(63)}`],
    [["name"], "数字识别 🙂"],
    [["metrics"], ["accuracy", "top3"]],
    [["seed"], 2 ** 32 - 1],
    [["stop", "epochs"], 0.5],
    [["validateEvery"], 10],
    [["model", "groups"], [{ id: "group_1", name: "My block", nodes: ["hidden"], collapsed: true }]],
    [["model", "groups"], []],
  ] as const)("keeps what is given: %j %j", (path, value) => {
    const found = (path as Path).reduce(
      (json: unknown, key) => Reflect.get(json as object, key),
      parseExperiment(changed(path, value)),
    );
    expect(found).toEqual(value);
  });
});

describe("a key that is not known is refused, with its place", () => {
  const places: readonly (readonly [Path, string])[] = [
    [[], "the experiment"],
    [["data"], "data"],
    [["model"], "model"],
    [["model", "nodes", 1], "model.nodes[1]"],
    [["model", "edges", 0], "model.edges[0]"],
    [["model", "groups", 0], "model.groups[0]"],
    [["loss"], "loss"],
    [["optimizer"], "optimizer"],
    [["schedule"], "schedule"],
    [["stop"], "stop"],
  ];
  const groups = [{ id: "block", name: "Block", nodes: ["hidden"] }];
  const scheduled = changedAt(changed(["schedule"], { kind: "cosine" }), ["stop"], { steps: 5 });
  const json = changedAt(scheduled, ["model", "groups"], groups);

  test.each(
    places.flatMap(([path, place]) => ["colour", "__proto__", "constructor"].map((key) => [place, key, path] as const)),
  )("%s: %s", (place, key, path) => {
    const message = refusalOf(() => parseExperiment(changedAt(json, [...path, key], { steps: 1 })));
    expect(message).toContain(`${place} has "${key}", which is no field of`);
    expect(Object.hasOwn(Object.prototype, "steps")).toBe(false);
  });
});

describe("a value that does not fit is refused with path, value and what is allowed", () => {
  const LIST_OF_LAYERS = "a list of 1 to 1000 nodes";
  const ID = "a letter, then letters, digits, _ or -, at most 64 in all";
  const PLACE = "two numbers from -1000000 to 1000000: [x, y]";
  const NAME = "a name of 1 to 120 characters in one line";
  const node = (k: number) => ({ id: `n${k}`, layer: "Flatten" });
  const nodes = (count: number) => Array.from({ length: count }, (_, k) => node(k));
  const group = (id: string, nodes: readonly string[] = ["hidden"]) => ({ id, name: "Block", nodes });
  const groups = (count: number) => Array.from({ length: count }, (_, k) => group(`g${k}`));
  const edges = (count: number) => Array.from({ length: count }, () => ({ from: "input", to: "output" }));

  test.each<[Path, unknown, string]>([
    [
      ["version"],
      2,
      "version is 2; this program reads version 1: take an experiment of that version, or a newer program",
    ],
    [["version"], "1", 'version is "1"; this program reads version 1: '],
    [["version"], undefined, "version is missing; this program reads version 1: "],
    [["name"], "", `name is ""; give ${NAME}`],
    [["name"], "a\nb", `name is "a\\nb"; give ${NAME}`],
    [["name"], "\ud800", `name is "\\ud800"; give ${NAME}`],
    [["name"], "n".repeat(121), `…"; give ${NAME}`],
    [["data"], undefined, 'data is missing; give an object with "kind": one of circle, xor, '],
    [["data"], "circle", 'data is "circle"; give an object with "kind": one of circle, xor, '],
    [["data", "validation"], 1, "data.validation is 1; give a number from 0.01 to 0.9"],
    [["model"], null, "model is null; give an object with nodes, edges"],
    [["model", "nodes"], undefined, `model.nodes is missing; give ${LIST_OF_LAYERS}`],
    [["model", "nodes"], {}, `model.nodes is an object; give ${LIST_OF_LAYERS}`],
    [["model", "nodes"], [], `model.nodes is []; give ${LIST_OF_LAYERS}`],
    [["model", "nodes"], nodes(1001), `model.nodes is a list of 1001; give ${LIST_OF_LAYERS}`],
    [["model", "nodes", 1], null, 'model.nodes[1] is null; give an object with "layer": one of Input, Dense, '],
    [["model", "nodes", 1, "id"], undefined, `model.nodes[1].id is missing; give ${ID}`],
    [["model", "nodes", 1, "id"], "", `model.nodes[1].id is ""; give ${ID}`],
    [["model", "nodes", 1, "id"], "1st", `model.nodes[1].id is "1st"; give ${ID}`],
    [["model", "nodes", 1, "id"], "a.b", `model.nodes[1].id is "a.b"; give ${ID}`],
    [["model", "nodes", 1, "id"], "__proto__", `model.nodes[1].id is "__proto__"; give ${ID}`],
    [["model", "nodes", 1, "id"], "conv 1", `model.nodes[1].id is "conv 1"; give ${ID}`],
    [["model", "nodes", 1, "id"], "a".repeat(65), `…"; give ${ID}`],
    [["model", "nodes", 1, "frozen"], 1, "model.nodes[1].frozen is 1; give true or false"],
    [["model", "nodes", 1, "at"], [1], `model.nodes[1].at is [1]; give ${PLACE}`],
    [["model", "nodes", 1, "at"], [1, 2, 3], `model.nodes[1].at is [1, 2, 3]; give ${PLACE}`],
    [
      ["model", "nodes", 1, "at"],
      [0, Number.NaN],
      "model.nodes[1].at[1] is NaN; give a number from -1000000 to 1000000",
    ],
    [["model", "nodes", 1, "units"], 0, 'model.nodes[1].units is 0; give a whole number from 1 to 65536, or "auto"'],
    [["model", "nodes", 2, "useBias"], "no", 'model.nodes[2].useBias is "no"; give true or false'],
    [["model", "edges"], undefined, "model.edges is missing; give a list of at most 4000 edges"],
    [["model", "edges"], edges(4001), "model.edges is a list of 4001; give a list of at most 4000 edges"],
    [["model", "edges", 0], ["input", "output"], 'model.edges[0] is ["input", "output"]; give an object with from, to'],
    [["model", "edges", 1, "to"], undefined, `model.edges[1].to is missing; give ${ID}`],
    [["model", "groups"], {}, "model.groups is an object; give a list of at most 200 groups"],
    [["model", "groups"], groups(201), "model.groups is a list of 201; give a list of at most 200 groups"],
    [["model", "groups"], [null], "model.groups[0] is null; give an object with id, name, nodes, collapsed"],
    [["model", "groups"], [group("a", [])], "model.groups[0].nodes is []; give a list of 1 to 1000 ids of nodes"],
    [["model", "groups"], [{ ...group("a"), name: "" }], `model.groups[0].name is ""; give ${NAME}`],
    [["model", "groups"], [{ ...group("a"), id: "1" }], `model.groups[0].id is "1"; give ${ID}`],
    [["model", "groups"], [{ ...group("a"), collapsed: 1 }], "model.groups[0].collapsed is 1; give true or false"],
    [
      ["model", "groups"],
      [group("a", ["hidden", "gone"])],
      'model.groups[0].nodes[1] is "gone", which is no node of the model; remove it',
    ],
    [
      ["model", "groups"],
      [group("a", ["hidden"]), group("b", ["output", "hidden"])],
      'model.groups[1].nodes[1] is "hidden", which is in group "a" already; leave it in one of them',
    ],
    [
      ["model", "groups"],
      [group("a", ["hidden", "hidden"])],
      'model.groups[0].nodes[1] is "hidden", which is in group "a" already; leave it in one of them',
    ],
    [
      ["model", "groups"],
      [group("a", ["hidden"]), group("a", ["output"])],
      'model.groups[1].id is "a", which another group has; give each its own',
    ],
    [["model", "groups"], [group("hidden")], 'model.groups[0].id is "hidden", which a node has; give each its own'],
    [["loss"], undefined, 'loss is missing; give an object with "kind": one of categoricalCrossentropy, '],
    [["loss", "smoothing"], 2, "loss.smoothing is 2; give a number from 0 to "],
    [["metrics"], "accuracy", 'metrics is "accuracy"; give a list of different ones of accuracy, top3, '],
    [["metrics"], ["accuracy", "accuracy"], 'metrics is ["accuracy", "accuracy"]; give a list of different ones of '],
    [["optimizer", "learningRate"], -1, "optimizer.learningRate is -1; give a number from 0 to 1000000000000"],
    [["optimizer", "clipNorm"], 0, "optimizer.clipNorm is 0; give a number from 1e-9 to 1000000000, or null"],
    [["optimizer", "beta1"], 1, "optimizer.beta1 is 1; give a number from 0 to 0.999999"],
    [["schedule"], null, 'schedule is null; give an object with "kind": one of constant, step, '],
    [["batchSize"], 0, "batchSize is 0; give a whole number from 1 to 65536"],
    [["batchSize"], 1.5, "batchSize is 1.5; give a whole number from 1 to 65536"],
    [["shuffle"], "yes", 'shuffle is "yes"; give true or false'],
    [["validateEvery"], 0.5, "validateEvery is 0.5; give a whole number from 1 to 1000000000, or null"],
    [["stop"], null, "stop is null; give an object with steps, epochs, loss, accuracy, patience"],
    [["stop", "steps"], 1.5, "stop.steps is 1.5; give a whole number from 1 to 1000000000, or null"],
    [["stop", "accuracy"], 97, "stop.accuracy is 97; give a number from 0 to 1, or null"],
    [["stop", "epochs"], "6", 'stop.epochs is "6"; give a number from 0.001 to 1000000, or null'],
    [["seed"], -1, "seed is -1; give a whole number from 0 to 4294967295"],
    [["seed"], 2 ** 32, "seed is 4294967296; give a whole number from 0 to 4294967295"],
  ])("%j: %j", (path, value, expected) => {
    expect(refusedAt(path, value)).toContain(expected);
  });

  test("what is no object at all is no experiment", () => {
    for (const value of [null, [], "spiral-mlp", 1, undefined]) {
      expect(refusalOf(() => parseExperiment(value))).toMatch(
        /^the experiment is .*; give an object with version, name, data, model, loss, metrics, /,
      );
    }
  });
});

describe("a kind that there is not is refused with those there are, and the nearest", () => {
  test.each<[Path, string, string]>([
    [["data", "kind"], "Circle", 'data.kind is "Circle"; did you mean circle? data sources: circle, xor, gaussians, '],
    [["data", "kind"], "glyph-digits", "did you mean glyphDigits?"],
    [
      ["model", "nodes", 1, "layer"],
      "Conv2d",
      'model.nodes[1].layer is "Conv2d"; did you mean Conv2D? layers: Input, ',
    ],
    [["model", "nodes", 1, "layer"], "dens", "did you mean Dense?"],
    [
      ["model", "nodes", 1, "activation"],
      "ReLU",
      'activation is "ReLU"; did you mean relu? give one of linear, relu, ',
    ],
    [["loss", "kind"], "mse", 'loss.kind is "mse"; losses: categoricalCrossentropy, '],
    [["loss", "kind"], "meanSquareError", "did you mean meanSquaredError?"],
    [["loss", "kind"], "constructor", 'loss.kind is "constructor"; losses: '],
    [["metrics", 0], "acuracy", 'metrics[0] is "acuracy"; did you mean accuracy? give one of accuracy, '],
    [["optimizer", "kind"], "Adam", 'optimizer.kind is "Adam"; did you mean adam? optimizers: sgd, momentum, '],
    [["schedule", "kind"], "cosin", 'schedule.kind is "cosin"; did you mean cosine? schedules: constant, '],
    [["schedule", "kind"], "__proto__", 'schedule.kind is "__proto__"; schedules: constant, '],
  ])("%j: %s", (path, kind, expected) => {
    const json = changedAt(changedAt(smallExperiment, ["metrics"], []), ["schedule"], { kind: "constant" });
    expect(refusalOf(() => parseExperiment(changedAt(json, path, kind)))).toContain(expected);
  });

  test("one of a million letters costs no time and is cut", () => {
    expect(refusedAt(["optimizer", "kind"], "z".repeat(1e6))).toContain('zzz…"; optimizers: sgd, momentum, ');
  });

  test("one that is missing is said to be", () => {
    expect(refusedAt(["loss", "kind"], undefined)).toContain("loss.kind is missing; losses: categoricalCrossentropy, ");
    expect(refusedAt(["model", "nodes", 1, "layer"], undefined)).toContain("model.nodes[1].layer is missing; layers: ");
  });
});

test.each<[Path, unknown, string]>([
  [["version"], 2, "version 为 2；本程序读取版本 1：请使用该版本的实验，或更新的程序"],
  [["model", "nodes", 1, "units"], 0, 'model.nodes[1].units 为 0；应为：1 到 65536 之间的整数，或 "auto"'],
  [["optimizer", "kind"], "Adam", 'optimizer.kind 为 "Adam"；是否想写 adam？可用的优化器：sgd、momentum、'],
  [
    ["model", "groups"],
    [{ id: "a", name: "A", nodes: ["gone"] }],
    'model.groups[0].nodes[0] 为 "gone"，而网络中没有这个节点；请将其删除',
  ],
])("what is wrong is told in Chinese, too: %j %j", (path, value, zh) => {
  expect(experimentError(() => parseExperiment(changed(path, value))).text?.zh).toContain(zh);
});

test("JSON nested a hundred thousand deep is refused where it does not belong", () => {
  const deep = JSON.parse(`${"[".repeat(1e5)}${"]".repeat(1e5)}`);
  expect(refusedAt(["model", "nodes", 1, "units"], deep)).toMatch(
    /^model\.nodes\[1\]\.units is \[a list of 1\]; give /,
  );
  expect(refusedAt(["model", "nodes", 1, "depth"], deep)).toContain('model.nodes[1] has "depth"');
  expect(refusedAt(["model"], deep)).toMatch(/^model is \[a list of 1\]; give an object/);
});
