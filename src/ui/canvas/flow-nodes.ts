import { Position } from "@xyflow/react";
import type { Box } from "./layout/box.ts";
import { handleAt, type Side, type Sides } from "./layout/sides.ts";
import type { CanvasNode, GroupData, LayerData } from "./network.ts";

const POSITIONS: Record<Side, Position> = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
};

/** A handle is a dot of this size on the border of a card, in pixels. */
export const HANDLE = 10;

/** What can stand on the canvas by itself. */
export type Card =
  | { readonly type: "layer"; readonly id: string; readonly data: LayerData }
  | { readonly type: "group" | "frame"; readonly id: string; readonly data: GroupData };

/** What a screen reader says of a card. */
export interface CardTexts {
  readonly label: string;
  readonly description: string;
  readonly roleDescription: string;
}

export interface Placed {
  readonly box: Box;
  readonly sides: Sides;
  readonly isSelected: boolean;
  readonly isDraggable: boolean;
  readonly texts: CardTexts;
}

/**
 * A card as xyflow knows it. Sizes and handles are given, so that it draws what can be seen without measuring what cannot.
 * `before` is given back where nothing has changed: then nothing is drawn anew.
 */
export function flowNode(card: Card, placed: Placed, before: CanvasNode | undefined): CanvasNode {
  const { box, sides, isSelected, isDraggable } = placed;
  const { label, description, roleDescription } = placed.texts;
  const { id, type, data } = card;
  const sourcePosition = POSITIONS[sides.output];
  const targetPosition = POSITIONS[sides.input];
  if (
    before?.type === type &&
    before.position.x === box.x &&
    before.position.y === box.y &&
    before.measured?.width === box.width &&
    before.measured.height === box.height &&
    before.selected === isSelected &&
    before.draggable === isDraggable &&
    before.sourcePosition === sourcePosition &&
    before.targetPosition === targetPosition &&
    before.ariaLabel === label &&
    before.domAttributes?.["aria-description"] === description &&
    haveSameValues(before.data, data)
  ) {
    return before;
  }
  const size = { width: box.width, height: box.height };
  const isFrame = type === "frame";
  return {
    id,
    type,
    position: { x: box.x, y: box.y },
    measured: size,
    ...(isFrame ? size : { initialWidth: size.width, initialHeight: size.height }),
    data: before !== undefined && haveSameValues(before.data, data) ? before.data : data,
    selected: isSelected,
    draggable: isDraggable,
    sourcePosition,
    targetPosition,
    handles: isFrame ? [] : [handle("target", sides.input, box), handle("source", sides.output, box)],
    ...(isFrame && { zIndex: -1 }),
    ariaLabel: label,
    domAttributes: { "aria-description": description, "aria-roledescription": roleDescription },
  } as CanvasNode;
}

function handle(type: "source" | "target", side: Side, { width, height }: Box) {
  const { x, y } = handleAt({ x: 0, y: 0, width, height }, side);
  return { type, position: POSITIONS[side], x: x - HANDLE / 2, y: y - HANDLE / 2, width: HANDLE, height: HANDLE };
}

function haveSameValues(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(b).every((key) => a[key] === b[key] || JSON.stringify(a[key]) === JSON.stringify(b[key]));
}
