import type { DragEvent } from "react";
import { edgeOfId } from "../../app/edits/edges.ts";
import { groupOf } from "../../app/edits/groups.ts";
import { MAX_NODES, roomFor } from "../../app/edits/model.ts";
import { addNode } from "../../app/edits/nodes.ts";
import type { EdgeSpec, Experiment, LayerDescription } from "../../app/engine-types.ts";
import { type CanvasParts, pinned } from "./canvas-parts.ts";
import { DRAGGED_LAYER } from "./dragged-layer.ts";
import { focusCard } from "./focus-card.ts";
import { freeBelow } from "./layout/beside.ts";
import { CARD_HEIGHT, CARD_WIDTH, type Point } from "./layout/box.ts";

/** Takes layers that are dragged here from the palette: onto an edge, where they insert themselves, or onto the canvas. */
export function layerDrop(parts: CanvasParts) {
  const { canvas, playground, root } = parts;

  /** Shows which edge a layer would be inserted in. */
  const over = ({ x, y }: Point): void => {
    const element = document.elementFromPoint(x, y);
    const edge = root()?.contains(element) ? element?.closest<SVGElement>(".react-flow__edge") : undefined;
    const dropEdge = edge?.dataset.id;
    if (canvas.getState().dropEdge !== dropEdge) canvas.setState({ dropEdge });
  };
  const leave = (): void => canvas.setState({ dropEdge: undefined });

  const drop = (kind: string, point: Point): void => {
    const { dropEdge } = canvas.getState();
    leave();
    const { experiment } = playground.experiments.getState();
    const layer = playground.catalogue.getState().catalogue?.layers.find((other) => other.kind === kind);
    if (experiment === undefined || layer === undefined) return;
    if (roomFor(experiment) < 1) {
      canvas.refuse(parts.t("full", { count: MAX_NODES }));
      return;
    }
    const on = dropEdge === undefined ? undefined : modelEdge(experiment, dropEdge);
    const added = on ? addNode(experiment, layer, { on }) : addedAt(experiment, layer, point, parts);
    playground.experiments.edit(() => added.experiment);
    playground.experiments.select([added.id]);
    parts.canvas.announce(parts.t("added", { count: 1, names: added.id }));
    requestAnimationFrame(() => focusCard(parts, added.id));
  };

  const isLayer = (event: DragEvent) => event.dataTransfer.types.includes(DRAGGED_LAYER);
  return {
    over,
    leave,
    drop,
    /** Whether a point of the page is on the canvas, and on nothing that lies above it. */
    isInside: ({ x, y }: Point): boolean => root()?.contains(document.elementFromPoint(x, y)) ?? false,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!isLayer(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        over({ x: event.clientX, y: event.clientY });
      },
      onDragLeave(event: DragEvent) {
        if (!root()?.contains(event.relatedTarget as Node | null)) leave();
      },
      onDrop(event: DragEvent) {
        if (!isLayer(event)) return;
        event.preventDefault();
        drop(event.dataTransfer.getData(DRAGGED_LAYER), { x: event.clientX, y: event.clientY });
      },
    },
  };
}

/** A node where it was dropped. From then on the others stay where they are, too. */
function addedAt(experiment: Experiment, layer: LayerDescription, point: Point, { flow, network }: CanvasParts) {
  const { x, y } = flow.screenToFlowPosition(point);
  const wish = { x: x - CARD_WIDTH / 2, y: y - 24, width: CARD_WIDTH, height: CARD_HEIGHT };
  const { layout } = network();
  const free = freeBelow(wish, layout.values());
  return addNode(pinned(experiment, layout), layer, { at: [free.x, free.y] });
}

/** The edge of the model that is drawn as one between cards, where only one is. */
function modelEdge({ model }: Experiment, id: string): EdgeSpec | undefined {
  const drawn = edgeOfId(id);
  if (drawn === undefined) return undefined;
  const [sources, targets] = [drawn.from, drawn.to].map((end) => groupOf(model, end)?.nodes ?? [end]);
  return model.edges.find(({ from, to }) => sources?.includes(from) && targets?.includes(to));
}
