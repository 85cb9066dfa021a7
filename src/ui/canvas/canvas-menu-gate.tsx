import { type ComponentProps, lazy, type RefObject, useEffect } from "react";
import { usePlayground } from "../playground.tsx";
import { Part } from "../primitives/part.tsx";
import type { CanvasMenu } from "./canvas-menu.tsx";
import { useCanvas, useCanvasStore } from "./canvas-store.ts";
import { cardIdOf, elementOf } from "./focus-card.ts";
import type { Point } from "./layout/box.ts";
import { followLongPresses } from "./long-press.ts";

const Menu = lazy(async () => ({ default: (await import("./canvas-menu.tsx")).CanvasMenu }));

type CanvasMenuGateProps = ComponentProps<typeof CanvasMenu> & { readonly root: RefObject<HTMLElement | null> };

/** Opens the menu where it is asked for, by the right button, a key or a long press. */
export function CanvasMenuGate({ root, ...menu }: CanvasMenuGateProps) {
  const { experiments } = usePlayground();
  const canvas = useCanvasStore();
  const isOpen = useCanvas((state) => state.menu !== undefined);
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const open = (target: EventTarget | null, at: Point) => {
      const id = cardIdOf(target);
      const { selection } = experiments.getState();
      if (id === undefined) experiments.select([]);
      else if (!selection.includes(id)) experiments.select([id]);
      canvas.setState({ menu: at });
    };
    const onContextMenu = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest("input, [role=toolbar], [data-menu=off]")) return;
      event.preventDefault();
      open(event.target, { x: event.clientX, y: event.clientY });
    };
    element.addEventListener("contextmenu", onContextMenu);
    const stopFollowing = followLongPresses(element, open);
    return () => {
      element.removeEventListener("contextmenu", onContextMenu);
      stopFollowing();
    };
  }, [root, experiments, canvas]);
  useEffect(() => {
    if (!isOpen) return;
    return () => {
      // The keyboard comes back to what the menu was of, where the action has not taken it elsewhere.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const [selected = ""] = experiments.getState().selection;
        const back = elementOf(root.current, selected) ?? root.current?.querySelector<HTMLElement>(".react-flow");
        back?.focus({ preventScroll: true });
      });
    };
  }, [isOpen, root, experiments]);
  if (!isOpen) return null;
  return (
    <Part onClose={() => canvas.setState({ menu: undefined })}>
      <Menu {...menu} />
    </Part>
  );
}
