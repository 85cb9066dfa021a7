import { describe, expect, test } from "vitest";
import { copiedText, duplicateNodes, fragmentIn, pasted } from "../../src/app/edits/clipboard.ts";
import { groupNodes, renameGroup, setCollapsed, ungroup } from "../../src/app/edits/groups.ts";
import { MAX_NODES } from "../../src/app/edits/model.ts";
import { parseExperiment } from "../../src/nn/experiment.ts";
import { experimentOf, wires } from "./edited-experiment.ts";

const plain = experimentOf({
  nodes: [
    { id: "input", layer: "Input", at: [0, 0] },
    { id: "conv_1", layer: "Dense", units: 7, at: [100, 50] },
    { id: "conv_2", layer: "Dense", at: [200, 0] },
    { id: "sum", layer: "Add", at: [300, 0] },
  ],
  edges: ["input conv_1", "conv_1 conv_2", "conv_1 sum", "conv_2 sum"],
});

const grouped = groupNodes(plain, ["conv_2", "conv_1"], "Feature block").experiment;

describe("a group", () => {
  test("has its nodes in the order of the model, a name, and one card at first", () => {
    expect(grouped.model.groups).toEqual([
      { id: "group", name: "Feature block", nodes: ["conv_1", "conv_2"], collapsed: true },
    ]);
    expect(parseExperiment(structuredClone(grouped))).toEqual(grouped);
    expect(plain.model).not.toHaveProperty("groups");
  });

  test("takes nodes out of the groups they were in; a group without nodes is gone", () => {
    const next = groupNodes(grouped, ["conv_1", "conv_2", "sum"], "All").experiment;
    expect(next.model.groups?.map(({ nodes }) => nodes)).toEqual([["conv_1", "conv_2", "sum"]]);
    const other = groupNodes(grouped, ["conv_2", "sum"], "Some").experiment;
    expect(other.model.groups?.map(({ id, nodes }) => [id, ...nodes])).toEqual([
      ["group", "conv_1"],
      ["group_2", "conv_2", "sum"],
    ]);
  });

  test("of nothing is none", () => {
    expect(groupNodes(plain, [], "Empty").experiment).toBe(plain);
  });

  test("is renamed, opened and taken apart; what changes nothing gives back the same", () => {
    expect(renameGroup(grouped, "group", "  Stem ").model.groups?.[0]?.name).toBe("Stem");
    for (const name of ["", "  ", "a\nb", "Feature block"]) expect(renameGroup(grouped, "group", name)).toBe(grouped);
    expect(setCollapsed(grouped, "group", false).model.groups?.[0]?.collapsed).toBe(false);
    expect(setCollapsed(grouped, "group", true)).toBe(grouped);
    expect(ungroup(grouped, "group")).toEqual(plain);
    expect(ungroup(plain, "group")).toBe(plain);
  });
});

describe("copied nodes", () => {
  const text = copiedText(plain, ["conv_1", "conv_2"]);

  test("come back with their fields and the edges among them, under ids of their own", () => {
    const { experiment, ids } = pasted(plain, text) ?? {};
    expect(ids).toEqual(["conv_3", "conv_4"]);
    expect(experiment?.model.nodes.slice(4)).toMatchObject([{ id: "conv_3", units: 7 }, { id: "conv_4" }]);
    expect(wires(experiment ?? plain)).toEqual([...wires(plain), "conv_3 conv_4"]);
    expect(parseExperiment(structuredClone(experiment))).toEqual(experiment);
  });

  test("keep their ids where those are free", () => {
    const other = experimentOf({ nodes: [{ id: "input", layer: "Input" }], edges: [] });
    expect(pasted(other, text)?.ids).toEqual(["conv_1", "conv_2"]);
  });

  test("stand as they stood, from the place on where they are put", () => {
    const { experiment } = pasted(plain, text, [1000, 500.4]) ?? {};
    expect(experiment?.model.nodes.slice(4).map(({ at }) => at)).toEqual([
      [1000, 550],
      [1100, 500],
    ]);
  });

  test("are laid out anew where no place is given", () => {
    expect(
      pasted(plain, text)
        ?.experiment.model.nodes.slice(4)
        .map(({ at }) => at),
    ).toEqual([undefined, undefined]);
  });

  test("bring a group along that all of its nodes are copied of", () => {
    const { experiment } = duplicateNodes(grouped, ["group"]);
    expect(experiment.model.groups?.map(({ id, name, nodes }) => [id, name, ...nodes])).toEqual([
      ["group", "Feature block", "conv_1", "conv_2"],
      ["group_2", "Feature block", "conv_3", "conv_4"],
    ]);
    expect(duplicateNodes(grouped, ["conv_1"]).experiment.model.groups).toHaveLength(1);
  });

  test("are not pasted in part where there is no room for all", () => {
    const nodes = Array.from({ length: MAX_NODES - 1 }, (_, k) => ({ id: `n${k}`, layer: "Dense" }));
    const full = experimentOf({ nodes, edges: [] });
    expect(pasted(full, text)).toEqual({ experiment: full, ids: [] });
  });

  test("are not duplicated to more groups than an experiment may have", () => {
    const nodes = Array.from({ length: 150 }, (_, k) => ({ id: `n${k}`, layer: "Dense" }));
    const many = nodes.reduce(
      (experiment, { id }) => groupNodes(experiment, [id], id).experiment,
      experimentOf({ nodes, edges: [] }),
    );
    const ids = nodes.map(({ id }) => id);
    expect(duplicateNodes(many, ids)).toEqual({ experiment: many, ids: [] });
    expect(() => parseExperiment(structuredClone(duplicateNodes(many, ids.slice(0, 50)).experiment))).not.toThrow();
  });

  test.each([
    ["other text", "hello"],
    ["JSON of others", '{"nodes":[],"edges":[]}'],
    ["a later version", text.replace('"descentNodes": 1', '"descentNodes": 2')],
    ["no nodes", '{"descentNodes":1,"nodes":[],"edges":[]}'],
    ["nodes without a layer", '{"descentNodes":1,"nodes":[{"id":"a"}],"edges":[]}'],
    [
      "two nodes of one id",
      '{"descentNodes":1,"nodes":[{"id":"a","layer":"Add"},{"id":"a","layer":"Add"}],"edges":[]}',
    ],
    ["edges from elsewhere", '{"descentNodes":1,"nodes":[{"id":"a","layer":"Add"}],"edges":[{"from":"x","to":"a"}]}'],
    ["places that are none", '{"descentNodes":1,"nodes":[{"id":"a","layer":"Add","at":"12"}],"edges":[]}'],
    ["a list", "[1]"],
    ["null", "null"],
  ])("are not seen in %s", (_, other) => {
    expect(fragmentIn(other)).toBeUndefined();
    expect(pasted(plain, other)).toBeUndefined();
  });
});
