import { type ComponentProps, lazy, Suspense, useEffect } from "react";
import { usePlayground } from "../playground.tsx";
import type { CanvasMenu } from "./canvas-menu.tsx";
import { useCanvas, useCanvasStore } from "./canvas-store.ts";
import { cardIdOf } from "./focus-card.ts";
import type { Point } from "./layout/box.ts";
import { followLongPresses } from "./long-press.ts";

const Menu = lazy(async () => ({ default: (await import("./canvas-menu.tsx")).CanvasMenu }));

/** Opens the menu where it is asked for, by the right button, a key or a long press. */
export function CanvasMenuGate(menu: ComponentProps<typeof CanvasMenu>) {
  const { root } = menu;
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
  return <Suspense>{isOpen && <Menu {...menu} />}</Suspense>;
}
