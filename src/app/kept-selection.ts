import type { ModelSpec } from "../train/protocol.ts";
import { edgeOfId } from "./edits/edges.ts";

/** What of a selection is still there in a model; the very same list where all is. */
export function keptSelection(selection: readonly string[], { nodes, edges, groups = [] }: ModelSpec) {
  const nodesOf = new Map<string, readonly string[]>([
    ...nodes.map(({ id }) => [id, [id]] as const),
    ...groups.map((group) => [group.id, group.nodes] as const),
  ]);
  const isThere = (id: string): boolean => {
    const edge = edgeOfId(id);
    if (edge === undefined) return nodesOf.has(id);
    // On the canvas, an edge of a collapsed group leads to the group.
    const [sources, targets] = [nodesOf.get(edge.from), nodesOf.get(edge.to)];
    return edges.some(({ from, to }) => sources?.includes(from) && targets?.includes(to));
  };
  const kept = selection.filter(isThere);
  return kept.length === selection.length ? selection : kept;
}
