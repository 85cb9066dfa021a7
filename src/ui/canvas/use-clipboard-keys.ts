import { useEffect } from "react";
import { isTyping } from "../shell/use-shortcuts.ts";
import type { CanvasActions } from "./canvas-actions.ts";
import type { CanvasParts } from "./canvas-parts.ts";
import type { ClipboardActions } from "./clipboard-actions.ts";
import type { Point } from "./layout/box.ts";

/** Copies, cuts and pastes with the browser's own keys and menus, where the focus is on the canvas or nowhere. */
export function useClipboardKeys(
  { root, flow }: CanvasParts,
  { copied, paste }: ClipboardActions,
  { remove }: CanvasActions,
): void {
  useEffect(() => {
    let pointer: Point | undefined;
    const onPointerMove = ({ target, clientX, clientY }: PointerEvent) => {
      pointer = root()?.contains(target as Node) ? { x: clientX, y: clientY } : undefined;
    };
    const isOurs = ({ target }: Event) =>
      !isTyping(target) && (target === document.body || (root()?.contains(target as Node) ?? false));
    const onCopy = (event: ClipboardEvent) => {
      // Text that is marked on the page is what people mean to copy.
      const text = isOurs(event) && getSelection()?.isCollapsed !== false ? copied() : undefined;
      if (text === undefined) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      if (event.type === "cut") remove();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!isOurs(event)) return;
      event.preventDefault();
      paste(event.clipboardData?.getData("text/plain") ?? "", pointer && flow.screenToFlowPosition(pointer));
    };
    document.addEventListener("pointermove", onPointerMove, { passive: true });
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("pointermove", onPointerMove);
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [root, flow, copied, paste, remove]);
}
