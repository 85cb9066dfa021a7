import { MiniMap, useStore } from "@xyflow/react";
import type { CanvasNode } from "./network.ts";

/** All of the network in small, as long as not all of it is in view. */
export function OverviewMap() {
  const isNeeded = useStore(({ nodeLookup, transform: [x, y, zoom], width, height }) => {
    for (const { internals, measured } of nodeLookup.values()) {
      const { x: left, y: top } = internals.positionAbsolute;
      const [right, bottom] = [left + (measured.width ?? 0), top + (measured.height ?? 0)];
      if (left * zoom + x < 0 || right * zoom + x > width || top * zoom + y < 0 || bottom * zoom + y > height)
        return true;
    }
    return false;
  });
  if (!isNeeded) return null;
  return (
    <MiniMap<CanvasNode>
      pannable
      zoomable
      position="bottom-right"
      nodeBorderRadius={12}
      nodeColor={({ type, data }) =>
        type === "layer" ? `var(--family-${data.family})` : type === "frame" ? "var(--sunken)" : "var(--family-block)"
      }
      className="m-3! mb-14! shadow-card"
      style={{ width: 160, height: 104 }}
    />
  );
}
