import { expect, test } from "vitest";
import { runChanges } from "../../src/app/run-changes.ts";
import { differingSettings } from "../../src/app/run-comparison.ts";
import type { Experiment, NodeSpec } from "../../src/train/protocol.ts";
import { plainExperiment, withRate } from "./plain-experiment.ts";

const { model, optimizer } = plainExperiment;

function withNodes(nodes: readonly NodeSpec[], edges = model.edges): Experiment {
  return { ...plainExperiment, model: { nodes, edges } };
}

const changesTo = (after: Experiment) => runChanges(plainExperiment, after);

test("the same experiment has no changes", () => {
  expect(changesTo(structuredClone(plainExperiment))).toEqual([]);
});

test("a number of the optimizer is told with its new value", () => {
  expect(changesTo(withRate(0.003))).toEqual([
    { kind: "field", part: "optimizer", of: "adam", field: "learningRate", to: 0.003 },
  ]);
});

test("another optimizer is told with the fields that both have, not with those that come with it", () => {
  const { beta1: _, ...shared } = optimizer;
  expect(
    changesTo({ ...plainExperiment, optimizer: { ...shared, kind: "sgd", learningRate: 0.1, momentum: 0.9 } }),
  ).toEqual([
    { kind: "choice", part: "optimizer", from: "adam", to: "sgd" },
    { kind: "field", part: "optimizer", of: "sgd", field: "learningRate", to: 0.1 },
  ]);
});

test("layers that were added and removed are counted by their kind, and their wiring goes without saying", () => {
  const norm = (id: string): NodeSpec => ({ id, layer: "BatchNorm", frozen: false });
  const [input, first, second, last] = model.nodes as [NodeSpec, NodeSpec, NodeSpec, NodeSpec];
  const nodes = [input, first, norm("norm_1"), second, norm("norm_2"), last];
  const edges = nodes.slice(1).map(({ id }, k) => ({ from: (nodes[k] as NodeSpec).id, to: id }));
  expect(changesTo(withNodes(nodes, edges))).toEqual([{ kind: "layers", layer: "BatchNorm", count: 2 }]);
  expect(runChanges(withNodes(nodes, edges), plainExperiment)).toEqual([
    { kind: "layers", layer: "BatchNorm", count: -2 },
  ]);
});

test("the same change of several layers is told once, with their number", () => {
  const nodes = model.nodes.map((node) => (node.activation === "relu" ? { ...node, activation: "tanh" } : node));
  expect(changesTo(withNodes(nodes))).toEqual([
    { kind: "layerField", layer: "Dense", field: "activation", to: "tanh", count: 2 },
  ]);
});

test("freezing a layer is a change", () => {
  const nodes = model.nodes.map((node) => (node.id === "dense_1" ? { ...node, frozen: true } : node));
  expect(changesTo(withNodes(nodes))).toEqual([
    { kind: "layerField", layer: "Dense", field: "frozen", to: true, count: 1 },
  ]);
});

test("a node that was renamed is the same node", () => {
  const renamed = (id: string) => (id === "dense_2" ? "middle" : id);
  const nodes = model.nodes.map((node) => ({ ...node, id: renamed(node.id) }));
  const edges = model.edges.map(({ from, to }) => ({ from: renamed(from), to: renamed(to) }));
  expect(changesTo(withNodes(nodes, edges))).toEqual([]);
});

test("a node of the same id but another layer is another node", () => {
  const nodes = model.nodes.map((node) =>
    node.id === "dense_2" ? { id: "dense_2", layer: "Dropout", rate: 0.5, frozen: false } : node,
  );
  expect(changesTo(withNodes(nodes))).toEqual([
    { kind: "layers", layer: "Dropout", count: 1 },
    { kind: "layers", layer: "Dense", count: -1 },
  ]);
});

test("other edges between the same nodes are a change, the order of nodes is none", () => {
  expect(changesTo(withNodes(model.nodes, [...model.edges, { from: "input", to: "dense_3" }]))).toEqual([
    { kind: "wiring" },
  ]);
  expect(changesTo(withNodes(model.nodes.toReversed(), model.edges.toReversed()))).toEqual([]);
});

test("names, places, groups, metrics and stop conditions make no difference to what is learned", () => {
  const nodes = model.nodes.map((node, k) => ({ ...node, at: [k * 10, 0] as const }));
  const groups = [{ id: "block", name: "Block", nodes: ["dense_1"], collapsed: true }];
  const stop = { ...plainExperiment.stop, steps: 10 };
  expect(
    changesTo({
      ...plainExperiment,
      name: "other",
      metrics: [],
      stop,
      validateEvery: 5,
      model: { ...model, nodes, groups },
    }),
  ).toEqual([]);
});

test("batch size, shuffling and seed are told last", () => {
  const after = { ...withRate(0.1), batchSize: 8, shuffle: false, seed: 2 };
  expect(changesTo(after).map((change) => (change.kind === "setting" ? change.setting : change.kind))).toEqual([
    "field",
    "batchSize",
    "shuffle",
    "seed",
  ]);
});

test("experiments are compared by the settings that are not the same in all", () => {
  expect(differingSettings([plainExperiment, structuredClone(plainExperiment)])).toEqual([]);
  expect(differingSettings([plainExperiment, withRate(0.1), { ...plainExperiment, seed: 5 }])).toEqual([
    { setting: { kind: "field", part: "optimizer", of: "adam", field: "learningRate" }, values: [0.01, 0.1, 0.01] },
    { setting: { kind: "setting", setting: "seed" }, values: [1, 1, 5] },
  ]);
});

test("a layer that only one of them has is told by its name alone", () => {
  const nodes = [...model.nodes, { id: "drop", layer: "Dropout", rate: 0.5, frozen: false }];
  expect(differingSettings([plainExperiment, withNodes(nodes)])).toEqual([
    { setting: { kind: "node", id: "drop" }, values: [undefined, "Dropout"] },
  ]);
});
