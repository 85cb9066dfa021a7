import { describe, expect, test } from "vitest";
import { changeOf } from "../../src/app/change.ts";
import { renameNode } from "../../src/app/edits/nodes.ts";
import { type Experiment, parseExperiment } from "../../src/nn/experiment.ts";
import { chain } from "../train/small-run.ts";

const experiment = parseExperiment({
  version: 1,
  data: { kind: "xor", samples: 100 },
  model: chain({ id: "hidden", layer: "Dense", units: 8 }, { id: "drop", layer: "Dropout", rate: 0.2 }),
  loss: { kind: "categoricalCrossentropy" },
  optimizer: { kind: "adam", learningRate: 0.01 },
});
const isLive = (name: string) => ["learningRate", "weightDecay", "beta1", "drop.rate"].includes(name);
const withNode = (id: string, changes: object): Experiment => ({
  ...experiment,
  model: {
    ...experiment.model,
    nodes: experiment.model.nodes.map((node) => (node.id === id ? { ...node, ...changes } : node)),
  },
});
const effect = (after: Experiment) => changeOf(experiment, after, isLive).effect;

describe("what a change asks of the run", () => {
  test.each<[string, Experiment, string]>([
    ["a name", { ...experiment, name: "other" }, "nothing"],
    ["a place on the canvas", withNode("hidden", { at: [10, 20] }), "nothing"],
    ["an equal copy", structuredClone(experiment), "nothing"],
    ["the learning rate", { ...experiment, optimizer: { ...experiment.optimizer, learningRate: 0.1 } }, "live"],
    ["a dropout rate", withNode("drop", { rate: 0.5 }), "live"],
    ["another optimizer", { ...experiment, optimizer: { ...experiment.optimizer, kind: "adamw" } }, "continue"],
    ["clipping, from none", { ...experiment, optimizer: { ...experiment.optimizer, clipNorm: 1 } }, "continue"],
    ["the schedule", { ...experiment, schedule: { kind: "cosine", warmup: 0 } }, "continue"],
    ["the batch size", { ...experiment, batchSize: 32 }, "continue"],
    ["a stop condition", { ...experiment, stop: { ...experiment.stop, steps: 10 } }, "continue"],
    ["freezing a layer", withNode("hidden", { frozen: true }), "continue"],
    ["units of a layer", withNode("hidden", { units: 9 }), "keep"],
    ["an edge less", { ...experiment, model: { ...experiment.model, edges: experiment.model.edges.slice(1) } }, "keep"],
    ["noise of the data", { ...experiment, data: { ...experiment.data, noise: 0.3 } }, "restart"],
    ["the seed", { ...experiment, seed: 7 }, "restart"],
  ])("%s", (_, after, expected) => {
    expect(effect(after)).toBe(expected);
  });

  test("a layer that is renamed keeps what it has learned, and the run goes on", () => {
    const rename = (id: string, to: string) => renameNode(experiment, id, to);
    const change = changeOf(experiment, rename("hidden", "first"), isLive);
    expect(change).toEqual({ effect: "continue", live: new Map(), renamed: new Map([["hidden", "first"]]) });
    const wider = renameNode(withNode("hidden", { units: 9 }), "drop", "rest");
    expect(changeOf(experiment, wider, isLive)).toMatchObject({ effect: "keep", renamed: new Map([["drop", "rest"]]) });
  });

  test("live numbers are named as the engine knows them", () => {
    const after = withNode("drop", { rate: 0.5 });
    const { live } = changeOf(experiment, { ...after, optimizer: { ...after.optimizer, beta1: 0.8 } }, isLive);
    expect([...live]).toEqual([
      ["drop.rate", 0.5],
      ["beta1", 0.8],
    ]);
  });

  test("live numbers beside a change that is compiled are told too", () => {
    const after = { ...experiment, batchSize: 32, optimizer: { ...experiment.optimizer, learningRate: 0.5 } };
    const change = changeOf(experiment, after, isLive);
    expect(change.effect).toBe("continue");
    expect(change.live.get("learningRate")).toBe(0.5);
  });
});
