import { focusPanel } from "../shell/focus-panel.ts";
import { isTyping } from "../shell/use-shortcuts.ts";
import type { CanvasActions } from "./canvas-actions.ts";
import type { CanvasParts } from "./canvas-parts.ts";
import { cardIdOf, elementOf, focusCard } from "./focus-card.ts";
import type { Walking } from "./walking.ts";

/** How far an arrow key moves cards, in pixels of the canvas; with Shift further. */
const STEP = 10;
const FAR_STEP = 40;

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A key that was pressed, as React or the browser tells it. */
type CanvasKeyEvent = Pick<
  KeyboardEvent,
  | "key"
  | "shiftKey"
  | "altKey"
  | "ctrlKey"
  | "metaKey"
  | "target"
  | "defaultPrevented"
  | "preventDefault"
  | "stopPropagation"
>;

/** All that the canvas does from the keyboard. */
export function canvasKeys(parts: CanvasParts, actions: CanvasActions, walking: Walking) {
  const { canvas, network, playground, root } = parts;
  const { experiments, lesson } = playground;

  return (event: CanvasKeyEvent): void => {
    if (event.defaultPrevented || isTyping(event.target)) return;
    const { selection } = experiments.getState();
    const id = cardIdOf(event.target);
    const handle = keyHandler(event, id, selection);
    if (handle === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    handle();
  };

  function keyHandler(
    event: CanvasKeyEvent,
    id: string | undefined,
    selection: readonly string[],
  ): (() => void) | undefined {
    const { key, shiftKey, altKey } = event;
    if (canvas.getState().connecting) return connectingKey(event);
    if (event.ctrlKey || event.metaKey) return commandKey(key.toLowerCase(), shiftKey);
    const arrow = ARROWS[key];
    if (arrow && altKey && id !== undefined) {
      const direction = arrow[0] + arrow[1] > 0 ? 1 : -1;
      return () => (arrow[0] !== 0 ? walking.along(id, direction) : walking.across(id, direction));
    }
    if (altKey) return undefined;
    if (arrow && selection.length > 0) return () => nudge(arrow, shiftKey ? FAR_STEP : STEP);
    if (key === "ContextMenu" || (key === "F10" && shiftKey)) return () => openMenu(id);
    if (key === "Delete" || key === "Backspace") return actions.remove;
    if (key === "f" || key === "F") return () => void actions.fit();
    if (key === "Escape") return selection.length > 0 ? () => experiments.select([]) : undefined;
    if (id === undefined) return undefined;
    const isOnCard = elementOf(root(), id) === event.target;
    if (key === "[" || key === "]") return () => walking.along(id, key === "]" ? 1 : -1);
    if (key === "c" || key === "C") return () => walking.startConnecting(id);
    if (key === "F2") return () => actions.rename(id);
    if (key === "Enter" && isOnCard && !lesson.getState().hidden.has("inspector")) return () => focusPanel("inspector");
    if (key === "Tab" && isOnCard) return tabKey(id, shiftKey ? -1 : 1);
    return undefined;
  }

  function commandKey(key: string, isShift: boolean): (() => void) | undefined {
    if (key === "a") return actions.selectAll;
    if (key === "d") return actions.duplicate;
    if (key === "g") return isShift ? actions.ungroup : actions.group;
    return undefined;
  }

  function connectingKey({ key, shiftKey }: CanvasKeyEvent): () => void {
    if (key === "Escape") return () => walking.endConnecting(false);
    if (key === "Enter") return () => walking.endConnecting(true);
    if (key === "Tab") return () => walking.chooseTarget(shiftKey ? -1 : 1);
    const arrow = ARROWS[key];
    return arrow ? () => walking.chooseTarget(arrow[0] + arrow[1] > 0 ? 1 : -1) : () => undefined;
  }

  /** The browser's own order of focus knows only cards that are drawn. */
  function tabKey(id: string, direction: 1 | -1): (() => void) | undefined {
    const next = walking.neighbour(id, direction);
    if (next === undefined || elementOf(root(), next) !== undefined) return undefined;
    return () => {
      experiments.select([next]);
      focusCard(parts, next);
    };
  }

  function nudge([x, y]: readonly [number, number], step: number): void {
    const { nodes, layout } = network();
    const selected = nodes.filter((node) => node.selected);
    const to = new Map(
      selected.flatMap(({ id }) => {
        const box = layout.get(id);
        return box ? [[id, { x: box.x + x * step, y: box.y + y * step }] as const] : [];
      }),
    );
    if (to.size > 0) actions.move(to, `move ${[...to.keys()].join()}`);
  }

  function openMenu(id: string | undefined): void {
    const element = id === undefined ? root() : elementOf(root(), id);
    const box = element?.getBoundingClientRect();
    if (box)
      canvas.setState({ menu: { x: box.x + Math.min(box.width / 2, 90), y: box.y + Math.min(box.height / 2, 40) } });
  }
}
