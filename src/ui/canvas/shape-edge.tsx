import { BaseEdge, type EdgeProps, getBezierPath } from "@xyflow/react";
import { memo } from "react";
import { useCanvas } from "./canvas-store.ts";
import { pathOf } from "./layout/route.ts";
import type { CanvasEdge } from "./network.ts";

/** A letter of the shape, in pixels. */
const LETTER = 5.75;

/** An edge with the shape of what goes along it. */
export const ShapeEdge = memo(function ShapeEdge(props: EdgeProps<CanvasEdge>) {
  const { id, data, selected } = props;
  const isDrop = useCanvas(({ dropEdge }) => dropEdge === id);
  const { path, x, y } = pathFor(props);
  const width = (data?.shape.length ?? 0) * LETTER + 9;
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={28}
        className="shape-edge"
        data-state={isDrop ? "drop" : data?.isNew ? "new" : selected ? "selected" : "plain"}
      />
      {isDrop ? (
        <g className="text-accent" transform={`translate(${x} ${y})`}>
          <circle r={11} className="fill-accent stroke-panel" strokeWidth={2} />
          <path d="M-5 0H5M0 -5V5" className="stroke-on-accent" strokeWidth={2} />
        </g>
      ) : (
        data?.shape && (
          <g className="edge-shape" data-selected={selected} transform={`translate(${x} ${y})`}>
            <rect x={-width / 2} y={-8} width={width} height={16} rx={8} />
            <text y={0.5}>{data.shape}</text>
          </g>
        )
      )}
    </>
  );
});

function pathFor({ data, ...props }: EdgeProps<CanvasEdge>): { path: string; x: number; y: number } {
  const { way } = data ?? {};
  if (way === undefined) {
    const [path, x, y] = getBezierPath(props);
    return { path, x, y };
  }
  // The shape stands where the way runs past the cards.
  const [before, after] = [way[2], way[3]];
  return {
    path: pathOf(way),
    x: before && after ? (before.x + after.x) / 2 : props.targetX,
    y: before?.y ?? props.targetY,
  };
}
