import type { EdgeSpec, ModelSpec, NodeSpec } from "./experiment.ts";
import type { LayerDescription } from "./layer.ts";
import type { Repair } from "./model-error.ts";
import { newNode } from "./new-node.ts";
import { ofKind } from "./of-kind.ts";

/** A repair of the model itself; the others are of the experiment. */
export type ModelRepair = Extract<Repair, { readonly kind: "insert" | "set" | "remove" | "thaw" }>;

/** The model with a repair of one of its nodes done; `layers` describes those that it may insert. */
export function repaired(
  model: ModelSpec,
  node: string,
  repair: ModelRepair,
  layers: readonly LayerDescription[],
): ModelSpec {
  switch (repair.kind) {
    case "set":
      return withChanged(model, node, { [repair.field]: repair.value });
    case "thaw":
      return withChanged(model, node, { frozen: false });
    case "insert":
      return insertedBefore(model, node, repair, layers);
    case "remove":
      return withoutNode(model, node);
  }
}

function withChanged(model: ModelSpec, node: string, changes: Partial<NodeSpec>): ModelSpec {
  return { ...model, nodes: model.nodes.map((n) => (n.id === node ? { ...n, ...changes } : n)) };
}

/** The model without a node: no edge and no group has it any more. */
function withoutNode(model: ModelSpec, node: string): ModelSpec {
  const nodes = model.nodes.filter(({ id }) => id !== node);
  const edges = edgesAround(model.edges, node);
  if (model.groups === undefined) return { ...model, nodes, edges };
  const groups = model.groups.map((group) => ({ ...group, nodes: group.nodes.filter((id) => id !== node) }));
  return { ...model, nodes, edges, groups: groups.filter((group) => group.nodes.length > 0) };
}

/** A new node between the node and the one that leads to it. */
function insertedBefore(
  model: ModelSpec,
  node: string,
  { layer, config }: Extract<Repair, { kind: "insert" }>,
  layers: readonly LayerDescription[],
): ModelSpec {
  const { nodes, edges } = model;
  const inserted = newNode(ofKind(layers, layer), nodes, config);
  const place = nodes.findIndex(({ id }) => id === node);
  return {
    ...model,
    nodes: [...nodes.slice(0, place), inserted, ...nodes.slice(place)],
    edges: [
      ...edges.map((edge) => (edge.to === node ? { ...edge, to: inserted.id } : edge)),
      { from: inserted.id, to: node },
    ],
  };
}

/** The edges without a node: what led to it leads to where it led, at the same place among the inputs there. */
export function edgesAround(edges: readonly EdgeSpec[], node: string): EdgeSpec[] {
  const before = edges.filter(({ from, to }) => to === node && from !== node).map(({ from }) => from);
  return edges.flatMap((edge) => {
    if (edge.to === node) return [];
    return edge.from === node ? before.map((from) => ({ ...edge, from })) : [edge];
  });
}
