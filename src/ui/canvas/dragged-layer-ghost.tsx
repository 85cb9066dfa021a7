import { useEffect } from "react";
import { useStore } from "zustand";
import { FamilySquare } from "../fields/family-square.tsx";
import { useCatalogue } from "../playground.tsx";
import { layerDrag } from "./layer-drag.ts";
import type { layerDrop } from "./layer-drop.ts";

/** The layer under a finger on its way from the palette, and what happens where it is let go. */
export function DraggedLayerGhost({ drop }: { readonly drop: ReturnType<typeof layerDrop> }) {
  const drag = useStore(layerDrag, (state) => state.drag);
  const catalogue = useCatalogue();
  useEffect(
    () =>
      layerDrag.subscribe(({ drag: now }) => {
        if (now === undefined) drop.leave();
        else if (!now.isDropped) drop.over(now.at);
        else if (drop.isInside(now.at)) drop.drop(now.kind, now.at);
      }),
    [drop],
  );
  const layer = catalogue?.layers.find(({ kind }) => kind === drag?.kind);
  if (drag === undefined || layer === undefined) return null;
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed z-50 flex -translate-x-1/2 -translate-y-full items-center gap-2 rounded-lg border border-accent bg-panel px-3 py-2 font-semibold shadow-card"
      style={{ left: drag.at.x, top: drag.at.y - 12 }}
    >
      <FamilySquare family={layer.family} />
      {layer.kind}
    </div>
  );
}
