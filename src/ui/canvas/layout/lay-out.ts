import type { GroupSpec, ModelSpec } from "../../../app/engine-types.ts";
import { beside } from "./beside.ts";
import { type Box, boundsOf, type Point, type Size } from "./box.ts";
import { type Column, columnsOf } from "./columns.ts";
import { fold } from "./fold.ts";
import { unitLinks, unitsOf } from "./units.ts";

/** Round the nodes of an open group; above them stands its name. */
const FRAME_PADDING = 14;
const FRAME_TITLE = 34;

/** Where everything on the canvas stands, by ids of nodes and groups. Nodes within a closed group have no box. */
export type Layout = ReadonlyMap<string, Box>;

/**
 * Lays out a model. As long as no node has a place of its own the whole network is written in rows that suit the view;
 * else what has none is put beside what has. `sizes` are of cards: of nodes, and of groups where they are closed.
 */
export function layOut(model: ModelSpec, sizes: ReadonlyMap<string, Size>, view: Size): Layout {
  return model.nodes.some(({ at }) => at !== undefined) ? laidBeside(model, sizes) : laidInRows(model, sizes, view);
}

function laidInRows(model: ModelSpec, sizes: ReadonlyMap<string, Size>, view: Size): Layout {
  const units = unitsOf(model);
  const insides = new Map(units.open.map((group) => [group.id, insideOf(group, model, sizes, view)]));
  const outer = new Map(sizes);
  for (const [id, inside] of insides) outer.set(id, framed(boundsOf(inside.values())));
  const columns = columnsOf(units.ids, unitLinks(model, units), outer);
  const corners = fold(onOneLine(columns, insides), outer, view);
  const boxes = new Map<string, Box>();
  for (const [id, corner] of corners) {
    boxes.set(id, { ...corner, ...(outer.get(id) as Size) });
    for (const [node, box] of insides.get(id) ?? []) {
      const [x, y] = [box.x + corner.x + FRAME_PADDING, box.y + corner.y + FRAME_TITLE];
      boxes.set(node, { ...box, x, y });
    }
  }
  return boxes;
}

/** Frames as far up as puts their cards, rather than themselves, in the middle of the row. */
function onOneLine(columns: readonly Column[], frames: ReadonlyMap<string, Layout>): Column[] {
  const lift = (FRAME_TITLE - FRAME_PADDING) / 2;
  return columns.map((column) =>
    column.map(({ id, y }) => ({ id, y: column.length === 1 && frames.has(id) ? y - lift : y })),
  );
}

/** The nodes of an open group, laid out among themselves from (0, 0). */
function insideOf({ nodes }: GroupSpec, { edges }: ModelSpec, sizes: ReadonlyMap<string, Size>, view: Size): Layout {
  const inside = { width: view.width * 0.75, height: view.height };
  const corners = fold(columnsOf(nodes, edges, sizes), sizes, inside);
  return new Map([...corners].map(([id, corner]) => [id, { ...corner, ...sizeOf(id, sizes) }]));
}

function laidBeside(model: ModelSpec, sizes: ReadonlyMap<string, Size>): Layout {
  const units = unitsOf(model);
  const closed = new Set(units.closed.flatMap(({ nodes }) => nodes));
  const ids = [...model.nodes.map(({ id }) => id).filter((id) => !closed.has(id)), ...units.closed.map(({ id }) => id)];
  const given = new Map<string, Point>();
  for (const { id, at } of model.nodes) if (at && !closed.has(id)) given.set(id, { x: at[0], y: at[1] });
  for (const { id, nodes } of units.closed) {
    // The card of a closed group stands where the first of its nodes does.
    const at = model.nodes.find((node) => nodes.includes(node.id) && node.at !== undefined)?.at;
    if (at) given.set(id, { x: at[0], y: at[1] });
  }
  const corners = beside(ids, unitLinks(model, { ...units, open: [] }), sizes, given);
  const boxes = new Map<string, Box>([...corners].map(([id, { x, y }]) => [id, { x, y, ...sizeOf(id, sizes) }]));
  for (const { id, nodes } of units.open) {
    const bounds = boundsOf(nodes.map((node) => boxes.get(node) as Box));
    boxes.set(id, { x: bounds.x - FRAME_PADDING, y: bounds.y - FRAME_TITLE, ...framed(bounds) });
  }
  return boxes;
}

function framed({ width, height }: Size): Size {
  return { width: width + 2 * FRAME_PADDING, height: height + FRAME_TITLE + FRAME_PADDING };
}

function sizeOf(id: string, sizes: ReadonlyMap<string, Size>): Size {
  return sizes.get(id) ?? { width: 0, height: 0 };
}
