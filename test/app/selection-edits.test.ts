import type { TFunction } from "i18next";
import { expect, test } from "vitest";
import { withModel } from "../../src/app/edits/model.ts";
import type { Experiment, LayerDescription, NodeSpec } from "../../src/app/engine-types.ts";
import { createExperimentStore } from "../../src/app/experiment-store.ts";
import { MAX_GROUPS, MAX_NODES } from "../../src/nn/model-limits.ts";
import { createSelectionEdits } from "../../src/ui/canvas/selection-edits.ts";
import { plainExperiment } from "./plain-experiment.ts";

const t = ((key: string) => key) as unknown as TFunction<"canvas">;
const dropout = { kind: "Dropout", fields: {} } as unknown as LayerDescription;
const edge = { from: "dense_1", to: "dense_2" };

function editing(experiment: Experiment) {
  const experiments = createExperimentStore();
  experiments.open(experiment, undefined);
  return {
    edits: createSelectionEdits(experiments, t),
    selection: () => experiments.getState().selection,
    model: () => experiments.getState().experiment?.model,
    past: () => experiments.getState().past.length,
  };
}

const full = withModel(plainExperiment, {
  nodes: [
    ...plainExperiment.model.nodes,
    ...Array.from({ length: MAX_NODES - plainExperiment.model.nodes.length }, (_, k) => node(`more_${k}`)),
  ],
});

function node(id: string): NodeSpec {
  return { id, layer: "Dense", units: 1, activation: "linear", frozen: false };
}

test("what was removed leads to the card before it, else to the first that is left", () => {
  const { edits, selection } = editing(plainExperiment);
  expect(edits.remove(["dense_2"])).toEqual({ text: "removed", at: "dense_1" });
  expect(selection()).toEqual(["dense_1"]);
  expect(edits.remove(["input"])).toMatchObject({ at: "dense_1" });
});

test("the order in which cards are walked through says which is before", () => {
  const { edits } = editing(plainExperiment);
  expect(edits.remove(["dense_2"], ["input", "dense_3", "dense_2", "dense_1"])).toMatchObject({ at: "dense_3" });
});

test("what was in front of a closed block is that block", () => {
  const groups = [{ id: "block", name: "Block", nodes: ["dense_1", "dense_2"], collapsed: true }];
  const { edits } = editing(withModel(plainExperiment, { groups }));
  expect(edits.remove(["dense_3"])).toMatchObject({ at: "block" });
});

test("an edge that was removed leads to where it came from", () => {
  const { edits, model } = editing(plainExperiment);
  expect(edits.remove(["dense_1>dense_2"])).toEqual({ text: "disconnected", at: "dense_1" });
  expect(model()?.edges).toHaveLength(2);
});

test("the last Input stays, and that is said", () => {
  const input = plainExperiment.model.nodes.slice(0, 1);
  const { edits, past } = editing(withModel(plainExperiment, { nodes: input, edges: [] }));
  expect(edits.remove(["input"])).toEqual({ refusal: "inputStays" });
  expect(past()).toBe(0);
});

test("copies and layers on edges are selected; where there is no room for them, that is said", () => {
  const some = editing(plainExperiment);
  expect(some.edits.duplicate(["dense_1"])).toEqual({ text: "added", at: "dense_4" });
  expect(some.selection()).toEqual(["dense_4"]);
  expect(some.edits.insert(dropout, edge)).toEqual({ text: "added", at: "dropout" });
  expect(some.selection()).toEqual(["dropout"]);
  const { edits, past } = editing(full);
  expect(edits.duplicate(["dense_1"])).toEqual({ refusal: "full" });
  expect(edits.insert(dropout, edge)).toEqual({ refusal: "full" });
  expect(past()).toBe(0);
});

test("a block that is taken apart leads to its layers", () => {
  const { edits, selection, model } = editing(plainExperiment);
  edits.group(["dense_1", "dense_2"]);
  expect(edits.ungroup(selection())).toEqual({ text: "ungrouped", at: "dense_1" });
  expect(selection()).toEqual(["dense_1", "dense_2"]);
  expect(model()?.groups).toBeUndefined();
});

test("a block is made of nodes; where there are too many, that is said", () => {
  const some = editing(plainExperiment);
  expect(some.edits.group(["dense_1", "dense_2"])).toEqual({ text: "grouped", at: some.selection()[0] });
  expect(some.model()?.groups).toMatchObject([{ name: "newGroup", nodes: ["dense_1", "dense_2"] }]);
  const groups = Array.from({ length: MAX_GROUPS }, (_, k) => ({
    id: `block_${k}`,
    name: "Block",
    nodes: [`more_${k}`],
    collapsed: true,
  }));
  const { edits } = editing(withModel(full, { groups }));
  expect(edits.group(["dense_1"])).toEqual({ refusal: "groupsFull" });
});

test("where nothing of it is there any more, there is nothing to do", () => {
  const { edits } = editing(plainExperiment);
  expect(edits.remove(["gone"])).toBeUndefined();
  expect(edits.duplicate(["gone"])).toBeUndefined();
  expect(edits.group(["gone"])).toBeUndefined();
  expect(edits.ungroup(["dense_1"])).toBeUndefined();
});
