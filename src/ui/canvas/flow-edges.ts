import type { TFunction } from "i18next";
import type { Card } from "./flow-nodes.ts";
import type { Point } from "./layout/box.ts";
import type { Link } from "./layout/columns.ts";
import type { CanvasEdge } from "./network.ts";
import { shapeText } from "./settings-line.ts";

interface Options {
  readonly links: readonly Link[];
  readonly ways: ReadonlyMap<string, readonly Point[]>;
  readonly cards: readonly Card[];
  readonly selection: readonly string[];
  readonly connecting: { readonly from: string; readonly to: string | undefined } | undefined;
  /** The edges so far: what has not changed stays the same object. */
  readonly before: ReadonlyMap<string, CanvasEdge>;
  readonly t: TFunction<"canvas">;
}

/** The id of the edge that is being drawn from the keyboard. */
const NEW_EDGE = "new";

/** Edges as xyflow draws them, each with the shape that goes along it. */
export function flowEdges({ links, ways, cards, selection, connecting, before, t }: Options): CanvasEdge[] {
  const shapes = new Map(cards.map(({ id, data }) => [id, data.shape ? shapeText(data.shape) : ""]));
  const selected = new Set(selection);
  const edges = links.map(({ from, to }) => {
    const id = `${from}>${to}`;
    const shape = shapes.get(from) ?? "";
    return edge({ id, from, to, shape, way: ways.get(id), isSelected: selected.has(id) }, before.get(id), t);
  });
  if (connecting?.to === undefined) return edges;
  const { from, to } = connecting;
  const way = ways.get(`${from}>${to}`);
  const fresh = edge({ id: NEW_EDGE, from, to, shape: "", way, isSelected: false }, undefined, t);
  return [...edges, { ...fresh, data: { shape: "", way, isNew: true }, selectable: false }];
}

interface Drawn {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly shape: string;
  readonly way: readonly Point[] | undefined;
  readonly isSelected: boolean;
}

function edge(
  { id, from, to, shape, way, isSelected }: Drawn,
  before: CanvasEdge | undefined,
  t: TFunction<"canvas">,
): CanvasEdge {
  const hasSameWay = before?.data?.way === way || JSON.stringify(before?.data?.way) === JSON.stringify(way);
  if (before?.selected === isSelected && before.data?.shape === shape && hasSameWay) return before;
  return {
    id,
    type: "shape",
    source: from,
    target: to,
    selected: isSelected,
    data: { shape, way, isNew: false },
    ariaLabel: t("edge", { from, to }),
    // Reached along the graph, with the brackets, rather than with the Tab key.
    domAttributes: {
      tabIndex: -1,
      "aria-roledescription": t("edgeRole"),
      ...(shape && { "aria-description": t("shapeIs", { shape }) }),
    },
  };
}
