import { describe, expect, test } from "vitest";
import { connect, connectionFault, disconnect, edgeId, edgeOfId } from "../../src/app/edits/edges.ts";
import { emptyModel, MAX_NODES, repairedExperiment } from "../../src/app/edits/model.ts";
import {
  addNode,
  idFault,
  moveNodes,
  removeNodes,
  renameNode,
  setField,
  setFrozen,
} from "../../src/app/edits/nodes.ts";
import { type Experiment, parseExperiment } from "../../src/nn/experiment.ts";
import { layers } from "../../src/nn/layers.ts";
import { metrics } from "../../src/nn/metrics.ts";
import { experimentOf, layer, type ModelJson, wires } from "./edited-experiment.ts";

const chain: ModelJson = {
  nodes: [
    { id: "input", layer: "Input" },
    { id: "a", layer: "Dense" },
    { id: "b", layer: "Dense" },
  ],
  edges: ["input a", "a b"],
};

const skip: ModelJson = {
  nodes: [...chain.nodes, { id: "sum", layer: "Add" }],
  edges: ["input a", "a b", "input sum", "b sum"],
};

/** Does an edit; fails where it changed what it was given, or where the result is no experiment any more. */
function edited(experiment: Experiment, edit: (experiment: Experiment) => Experiment): Experiment {
  const before = structuredClone(experiment);
  const after = edit(experiment);
  expect(experiment).toEqual(before);
  expect(parseExperiment(structuredClone(after))).toEqual(after);
  return after;
}

describe("a node that is added", () => {
  test("stands alone where no place is given, complete and under an id of its own", () => {
    const before = experimentOf(chain);
    const after = edited(before, (e) => addNode(e, layer("Dense"), { config: { units: 3 } }).experiment);
    expect(after.model.nodes.at(-1)).toMatchObject({ id: "dense", layer: "Dense", units: 3, activation: "linear" });
    expect(after.model.edges).toEqual(before.model.edges);
  });

  test("behind another takes over all that the other led to, each at its place among the inputs", () => {
    const after = edited(experimentOf(skip), (e) => addNode(e, layer("Dropout"), { after: "input" }).experiment);
    expect(wires(after)).toEqual(["input dropout", "dropout a", "a b", "dropout sum", "b sum"]);
    expect(after.model.nodes.map(({ id }) => id)).toEqual(["input", "dropout", "a", "b", "sum"]);
  });

  test("behind the last node follows it", () => {
    const after = edited(experimentOf(chain), (e) => addNode(e, layer("Dropout"), { after: "b" }).experiment);
    expect(wires(after)).toEqual(["input a", "a b", "b dropout"]);
  });

  test("on an edge comes between its two nodes alone", () => {
    const on = { from: "input", to: "sum" };
    const after = edited(experimentOf(skip), (e) => addNode(e, layer("Dropout"), { on, at: [10.4, 20.6] }).experiment);
    expect(wires(after)).toEqual(["input a", "a b", "input dropout", "dropout sum", "b sum"]);
    expect(after.model.nodes[1]?.at).toEqual([10, 21]);
  });

  test("of Input stays without an edge, as nothing leads into it", () => {
    const after = edited(experimentOf(chain), (e) => addNode(e, layer("Input"), { after: "a" }).experiment);
    expect(wires(after)).toEqual(wires(experimentOf(chain)));
  });

  test("within a group joins the group; at its border it does not", () => {
    const grouped = { ...chain, groups: [{ id: "group", name: "G", nodes: ["a", "b"] }] };
    const inside = edited(experimentOf(grouped), (e) => addNode(e, layer("Dropout"), { after: "a" }).experiment);
    expect(inside.model.groups?.[0]?.nodes).toEqual(["a", "b", "dropout"]);
    const border = edited(experimentOf(grouped), (e) => addNode(e, layer("Dropout"), { after: "input" }).experiment);
    expect(border.model.groups?.[0]?.nodes).toEqual(["a", "b"]);
  });

  test("beyond 1,000 is refused: the experiment stays the same", () => {
    const nodes = Array.from({ length: MAX_NODES }, (_, k) => ({ id: `n${k}`, layer: "Dense" }));
    const full = experimentOf({ nodes, edges: [] });
    expect(addNode(full, layer("Dense"), {}).experiment).toBe(full);
    expect(repairedExperiment(full, "n1", { kind: "insert", layer: "Flatten" }, { layers, metrics })).toBe(full);
  });
});

describe("nodes that are removed", () => {
  test("leave what led to them joined to where they led", () => {
    expect(wires(edited(experimentOf(skip), (e) => removeNodes(e, ["a", "b"])))).toEqual(["input sum"]);
  });

  test("with several inputs leave nothing joined", () => {
    const more: ModelJson = {
      nodes: [...skip.nodes, { id: "out", layer: "Dense" }],
      edges: [...skip.edges, "sum out"],
    };
    expect(wires(edited(experimentOf(more), (e) => removeNodes(e, ["sum"])))).toEqual(["input a", "a b"]);
  });

  test("leave an Input where they are all there is", () => {
    const after = edited(experimentOf(skip), (e) => removeNodes(e, ["sum", "b", "input", "a"]));
    expect(after.model).toEqual({ nodes: [experimentOf(skip).model.nodes[0]], edges: [] });
    expect(removeNodes(after, ["input"])).toBe(after);
  });

  test("go with the group that they are the nodes of", () => {
    const grouped = { ...chain, groups: [{ id: "group", name: "G", nodes: ["a"] }] };
    const after = edited(experimentOf(grouped), (e) => removeNodes(e, ["group"]));
    expect(wires(after)).toEqual(["input b"]);
    expect(after.model).not.toHaveProperty("groups");
  });

  test("that are not there change nothing", () => {
    const before = experimentOf(chain);
    expect(removeNodes(before, ["nobody"])).toBe(before);
  });
});

describe("a node's values", () => {
  test("are set at that node alone; the same value changes nothing", () => {
    const before = experimentOf(chain);
    const after = edited(before, (e) => setField(e, "a", "units", 5));
    expect(after.model.nodes.map(({ units }) => units)).toEqual([undefined, 5, 64]);
    expect(setField(after, "a", "units", 5)).toBe(after);
    expect(setFrozen(after, "a", false)).toBe(after);
    expect(setFrozen(after, "a", true).model.nodes[1]?.frozen).toBe(true);
  });

  test("include its place, in whole pixels, many nodes at once", () => {
    const before = experimentOf(chain);
    const after = edited(before, (e) =>
      moveNodes(
        e,
        new Map([
          ["a", [1.2, 2.7]],
          ["b", [5, 6]],
        ] as const),
      ),
    );
    expect(after.model.nodes.map(({ at }) => at)).toEqual([undefined, [1, 3], [5, 6]]);
    expect(moveNodes(after, new Map([["b", [5.1, 6]]] as const))).toBe(after);
  });

  test("include its id, which edges and groups follow", () => {
    const grouped = { ...chain, groups: [{ id: "group", name: "G", nodes: ["a", "b"] }] };
    const after = edited(experimentOf(grouped), (e) => renameNode(e, "a", "hidden-1"));
    expect(wires(after)).toEqual(["input hidden-1", "hidden-1 b"]);
    expect(after.model.groups?.[0]?.nodes).toEqual(["hidden-1", "b"]);
  });

  test("refuse ids that are taken, by groups too, or that no id may look like", () => {
    const before = experimentOf({ ...chain, groups: [{ id: "group", name: "G", nodes: ["b"] }] });
    expect(idFault(before, "a", "b")).toBe("taken");
    expect(idFault(before, "a", "group")).toBe("taken");
    for (const id of ["", "1a", "ä", "a b", "a".repeat(65)]) {
      expect(idFault(before, "a", id)).toBe("malformed");
      expect(renameNode(before, "a", id)).toBe(before);
    }
    expect(idFault(before, "a", "a")).toBeUndefined();
  });
});

describe("an edge", () => {
  test("is added behind the inputs that there are, and removed again", () => {
    const before = experimentOf(skip);
    const after = edited(before, (e) => connect(e, "a", "sum"));
    expect(wires(after)).toEqual([...wires(before), "a sum"]);
    expect(disconnect(after, "a", "sum")).toEqual(before);
    expect(disconnect(before, "a", "sum")).toBe(before);
  });

  test("is refused where it is there, leads round, into itself, into an Input or nowhere", () => {
    const before = experimentOf(skip);
    for (const [from, to, fault] of [
      ["a", "b", "exists"],
      ["sum", "a", "circle"],
      ["a", "a", "itself"],
      ["a", "input", "input"],
      ["a", "nobody", "unknown"],
    ] as const) {
      expect(connectionFault(before, from, to)).toBe(fault);
      expect(connect(before, from, to)).toBe(before);
    }
  });

  test("to or from a group is one of the node at its end", () => {
    const before = experimentOf({
      nodes: [...chain.nodes, { id: "c", layer: "Dense" }, { id: "d", layer: "Dense" }],
      edges: ["input a", "a b"],
      groups: [{ id: "group", name: "G", nodes: ["a", "b"] }],
    });
    expect(wires(connect(before, "c", "group"))).toContain("c a");
    expect(wires(connect(before, "group", "d"))).toContain("b d");
    expect(wires(disconnect(before, "input", "group"))).toEqual(["a b"]);
  });

  test("has a name in the selection", () => {
    expect(edgeOfId(edgeId({ from: "a", to: "b" }))).toEqual({ from: "a", to: "b" });
    expect(edgeOfId("a")).toBeUndefined();
  });
});

describe("a model", () => {
  test("begun anew is the Input that was there, or a new one", () => {
    const after = edited(experimentOf(skip), (e) => emptyModel(e, layers));
    expect(after.model).toEqual({ nodes: [experimentOf(skip).model.nodes[0]], edges: [] });
    expect(emptyModel(after, layers)).toBe(after);
    const none = experimentOf({ nodes: [{ id: "a", layer: "Dense" }], edges: [] });
    expect(edited(none, (e) => emptyModel(e, layers)).model.nodes.map(({ id }) => id)).toEqual(["input"]);
  });

  test("is repaired in place; what a repair inserts is in the group of the node that it is for", () => {
    const before = experimentOf({ ...chain, groups: [{ id: "group", name: "G", nodes: ["a", "b"] }] });
    const inserted = edited(before, (e) =>
      repairedExperiment(e, "b", { kind: "insert", layer: "Flatten" }, { layers, metrics }),
    );
    expect(wires(inserted)).toEqual(["input a", "a flatten", "flatten b"]);
    expect(inserted.model.groups?.[0]?.nodes).toEqual(["a", "b", "flatten"]);
    const removed = edited(before, (e) => repairedExperiment(e, "b", { kind: "remove" }, { layers, metrics }));
    expect(removed.model.groups?.[0]?.nodes).toEqual(["a"]);
  });

  test("is left alone by a repair of the optimizer", () => {
    const before = experimentOf(chain);
    const repair = { kind: "setOptimizer", field: "learningRate", value: 0.5 } as const;
    const after = edited(before, (e) => repairedExperiment(e, "a", repair, { layers, metrics }));
    expect(after.optimizer.learningRate).toBe(0.5);
    expect(after.model).toBe(before.model);
  });

  test("is left alone by a repair of the batch size", () => {
    const before = experimentOf(chain);
    const after = edited(before, (e) =>
      repairedExperiment(e, "", { kind: "setBatchSize", value: 7 }, { layers, metrics }),
    );
    expect(after).toEqual({ ...before, batchSize: 7 });
    expect(after.model).toBe(before.model);
  });

  test("is left alone by a repair of the metrics", () => {
    const before = { ...experimentOf(chain), metrics: ["accuracy", "perplexity"] };
    const set = (metric: string, isMeasured: boolean) => (e: Experiment) =>
      repairedExperiment(e, "", { kind: "setMetric", metric, isMeasured }, { layers, metrics });
    const removed = edited(before, set("accuracy", false));
    expect(removed).toEqual({ ...before, metrics: ["perplexity"] });
    expect(edited(removed, set("accuracy", true))).toEqual(before);
  });

  test("has a layer thawed by a repair", () => {
    const before = edited(experimentOf(chain), (e) => setFrozen(e, "a", true));
    const after = edited(before, (e) => repairedExperiment(e, "a", { kind: "thaw" }, { layers, metrics }));
    expect(after).toEqual(edited(before, (e) => setFrozen(e, "a", false)));
  });
});
