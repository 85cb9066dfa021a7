import type { NodeChange } from "@xyflow/react";
import { useCallback, useState } from "react";
import type { CanvasActions } from "./canvas-actions.ts";
import type { Point } from "./layout/box.ts";
import type { CanvasNode } from "./network.ts";
import type { Network } from "./use-network.ts";

const NOTHING: ReadonlyMap<string, Point> = new Map();

/** What cards are dragged to, until they are let go of: only then does the experiment hear of it, as one edit. */
export function useDragged() {
  return useState<ReadonlyMap<string, Point>>(NOTHING);
}

interface MovesOptions {
  readonly network: () => Network;
  readonly actions: Pick<CanvasActions, "move">;
  readonly setDragged: (dragged: ReadonlyMap<string, Point>) => void;
}

/** Takes xyflow's changes of positions. */
export function useMoves({ network, actions, setDragged }: MovesOptions) {
  return useCallback(
    (changes: readonly NodeChange<CanvasNode>[]) => {
      const moves = changes.flatMap((change) =>
        change.type === "position" && change.position ? [{ ...change, to: change.position }] : [],
      );
      if (moves.length === 0) return;
      const to = withFrames(new Map(moves.map(({ id, to }) => [id, to])), network());
      if (moves.some(({ dragging }) => dragging)) return setDragged(to);
      actions.move(to);
      setDragged(NOTHING);
    },
    [network, actions, setDragged],
  );
}

/** The frame of an open group takes its nodes along; where it stands follows from them. */
function withFrames(moves: ReadonlyMap<string, Point>, { nodes, resting }: Network): ReadonlyMap<string, Point> {
  const all = new Map(moves);
  for (const node of nodes) {
    const to = moves.get(node.id);
    if (node.type !== "frame" || to === undefined) continue;
    all.delete(node.id);
    const frame = resting.get(node.id) ?? to;
    for (const id of node.data.group.nodes) {
      const box = resting.get(id);
      if (box && !moves.has(id)) all.set(id, { x: box.x + to.x - frame.x, y: box.y + to.y - frame.y });
    }
  }
  return all;
}
