import dagre from "@dagrejs/dagre";
import type { ModelSpec } from "../../../app/engine-types.ts";
import { type Box, boundsOf, type Point, type Size } from "./box.ts";
import { type Column, columnsOf } from "./columns.ts";
import { fold } from "./fold.ts";
import { layOut } from "./lay-out.ts";
import { unitLinks, unitsOf } from "./units.ts";

/**
 * Lays a network out anew, with care: dagre orders the cards so that edges cross as little as they can, and the columns are
 * folded into rows that suit the view. Gives places of nodes. Loaded on demand, as dagre is large.
 */
export function arrange(
  model: ModelSpec,
  sizes: ReadonlyMap<string, Size>,
  view: Size,
): Map<string, readonly [number, number]> {
  const bare = { ...model, nodes: model.nodes.map(({ at: _, ...node }) => node as (typeof model.nodes)[number]) };
  const rough = layOut(bare, sizes, view);
  const units = unitsOf(model);
  const links = unitLinks(model, units);
  const outer = new Map(units.ids.map((id) => [id, rough.get(id) as Size]));
  const corners = fold(dagreColumns(units.ids, links, outer), outer, view);
  const places = new Map<string, readonly [number, number]>();
  for (const { id } of model.nodes) {
    const unit = units.groupOf.get(id)?.id ?? id;
    const [before, after] = [rough.get(unit) as Box, corners.get(unit) as Point];
    // Within groups all stays as it was laid out; the nodes of a closed one stand where its card does.
    const inner = rough.get(id) ?? before;
    places.set(id, [inner.x - before.x + after.x, inner.y - before.y + after.y]);
  }
  return places;
}

/** Dagre's ranks as columns, each card as far above or below the middle as dagre put it. */
function dagreColumns(
  ids: readonly string[],
  links: readonly { readonly from: string; readonly to: string }[],
  sizes: ReadonlyMap<string, Size>,
): Column[] {
  const rough = columnsOf(ids, links, sizes);
  if (rough.every((column) => column.length === 1)) return rough;
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 28, ranksep: 68 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...(sizes.get(id) as Size) });
  for (const { from, to } of links) graph.setEdge(from, to);
  dagre.layout(graph);
  const middles = new Map(ids.map((id) => [id, graph.node(id) as Point]));
  const bounds = boundsOf([...middles.values()].map((point) => ({ ...point, width: 0, height: 0 })));
  const middle = bounds.y + bounds.height / 2;
  const ranks = new Map<number, { id: string; y: number }[]>();
  for (const [id, { x, y }] of middles) {
    const key = Math.round(x);
    ranks.set(key, [...(ranks.get(key) ?? []), { id, y: y - middle }]);
  }
  return [...ranks].sort(([a], [b]) => a - b).map(([, column]) => column.sort((a, b) => a.y - b.y));
}
