import type { CanvasParts } from "./canvas-parts.ts";
import { areClose, type Box } from "./layout/box.ts";

/** Brings the keyboard to a card or an edge, and the card into view; it may not be drawn before it is. */
export async function focusCard({ flow, network, root }: CanvasParts, id: string): Promise<void> {
  const box = network().layout.get(id);
  if (box !== undefined) bringIntoView(flow, box, root());
  for (let frame = 0; frame < 4; frame++) {
    const element = elementOf(root(), id);
    if (element !== undefined) {
      element.focus({ preventScroll: true });
      return;
    }
    await new Promise(requestAnimationFrame);
  }
}

/** The element of a node, or of an edge. */
export function elementOf(root: HTMLElement | null, id: string): HTMLElement | SVGElement | undefined {
  const selector = `:is(.react-flow__node, .react-flow__edge)[data-id="${CSS.escape(id)}"]`;
  return root?.querySelector<HTMLElement | SVGElement>(selector) ?? undefined;
}

/** The id of the node or edge that an event comes from. */
export function cardIdOf(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLElement>(".react-flow__node, .react-flow__edge")?.dataset.id;
}

export function bringIntoView(flow: CanvasParts["flow"], box: Box, root: HTMLElement | null): void {
  if (root === null) return;
  const { x, y, zoom } = flow.getViewport();
  const seen = { x: -x / zoom, y: -y / zoom, width: root.clientWidth / zoom, height: root.clientHeight / zoom };
  // At least half of it is to be seen.
  const core = {
    ...box,
    x: box.x + box.width / 4,
    y: box.y + box.height / 4,
    width: box.width / 2,
    height: box.height / 2,
  };
  if (areClose(seen, core, -Math.min(core.width, core.height))) return;
  flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: 150 });
}
