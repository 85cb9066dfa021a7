import { createStore } from "zustand/vanilla";
import type { Point } from "./layout/box.ts";

/** A layer on its way from the palette under a finger or pen, which have no drag and drop of the browser's. */
export interface LayerDrag {
  readonly kind: string;
  /** In pixels of the page. */
  readonly at: Point;
  /** Let go of there, rather than on the way. */
  readonly isDropped: boolean;
}

export const layerDrag = createStore<{ readonly drag: LayerDrag | undefined }>(() => ({ drag: undefined }));

/** A finger that goes this far is dragging, in pixels. */
const THRESHOLD = 10;

/**
 * For `onPointerDown` of a palette item, where `event.pointerType` is not "mouse": the layer follows the finger once it
 * goes sideways, and the canvas takes it where it is let go. Going up or down scrolls the list, as ever (the item needs
 * `touch-action: pan-y`).
 */
export function startLayerDrag(kind: string, from: Point, pointerId: number): void {
  let isDragging = false;
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    isDragging ||= Math.abs(event.clientX - from.x) > THRESHOLD;
    if (isDragging)
      layerDrag.setState({ drag: { kind, at: { x: event.clientX, y: event.clientY }, isDropped: false } });
  };
  const end = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    removeEventListener("pointermove", onMove);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    const { drag } = layerDrag.getState();
    if (drag && event.type === "pointerup") layerDrag.setState({ drag: { ...drag, isDropped: true } });
    layerDrag.setState({ drag: undefined });
  };
  addEventListener("pointermove", onMove);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
}
