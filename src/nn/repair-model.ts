import type { EdgeSpec, ModelSpec } from "./experiment.ts";
import type { Repair } from "./model-error.ts";
import { newNode } from "./new-node.ts";

/** A repair of the model itself; `setOptimizer` is one of the experiment. */
export type ModelRepair = Exclude<Repair, { readonly kind: "setOptimizer" }>;

/** The model with a repair of one of its nodes done. */
export function repaired(model: ModelSpec, node: string, repair: ModelRepair): ModelSpec {
  switch (repair.kind) {
    case "set":
      return { ...model, nodes: model.nodes.map((n) => (n.id === node ? { ...n, [repair.field]: repair.value } : n)) };
    case "insert":
      return insertedBefore(model, node, repair);
    case "remove":
      return { nodes: model.nodes.filter(({ id }) => id !== node), edges: edgesAround(model.edges, node) };
  }
}

/** A new node between the node and the one that leads to it. */
function insertedBefore(
  { nodes, edges }: ModelSpec,
  node: string,
  { layer, config }: Extract<Repair, { kind: "insert" }>,
): ModelSpec {
  const inserted = newNode(layer, nodes, config);
  const place = nodes.findIndex(({ id }) => id === node);
  return {
    nodes: [...nodes.slice(0, place), inserted, ...nodes.slice(place)],
    edges: [
      ...edges.map((edge) => (edge.to === node ? { ...edge, to: inserted.id } : edge)),
      { from: inserted.id, to: node },
    ],
  };
}

/** The edges without a node: what led to it leads to where it led, at the same place among the inputs there. */
function edgesAround(edges: readonly EdgeSpec[], node: string): EdgeSpec[] {
  const before = edges.filter(({ from, to }) => to === node && from !== node).map(({ from }) => from);
  return edges.flatMap((edge) => {
    if (edge.to === node) return [];
    return edge.from === node ? before.map((from) => ({ ...edge, from })) : [edge];
  });
}
