import type { ReactFlowInstance } from "@xyflow/react";
import type { TFunction } from "i18next";
import { groupOf } from "../../app/edits/groups.ts";
import { moveNodes } from "../../app/edits/nodes.ts";
import type { Experiment } from "../../app/engine-types.ts";
import type { Playground } from "../../app/playground.ts";
import type { CanvasStore } from "./canvas-store.ts";
import { CARD_WIDTH, COLUMN_GAP, type Point, type Size } from "./layout/box.ts";
import type { Layout } from "./layout/lay-out.ts";
import type { CanvasEdge, CanvasNode } from "./network.ts";
import type { Network } from "./use-network.ts";

/** What the actions of the canvas work with. */
export interface CanvasParts {
  readonly playground: Playground;
  readonly canvas: CanvasStore;
  readonly flow: ReactFlowInstance<CanvasNode, CanvasEdge>;
  /** As it is drawn now. */
  readonly network: () => Network;
  readonly view: () => Size;
  readonly root: () => HTMLElement | null;
  readonly t: TFunction<"canvas">;
}

/** Whether all of the network is laid out by itself, as nobody has put anything anywhere. */
export function isLaidOut({ model }: Pick<Experiment, "model">): boolean {
  return model.nodes.every(({ at }) => at === undefined);
}

/** The experiment with every node where it is drawn now: from then on nothing moves by itself. */
export function pinned(experiment: Experiment, layout: Layout): Experiment {
  const { nodes, groups = [] } = experiment.model;
  const places = new Map<string, readonly [number, number]>();
  for (const { id, at } of nodes) {
    const box = layout.get(id);
    if (box && at === undefined) places.set(id, [box.x, box.y]);
  }
  for (const group of groups) {
    const box = layout.get(group.id);
    if (!group.collapsed || box === undefined) continue;
    // Side by side from where the card of the group is.
    for (const [k, id] of group.nodes.entries()) {
      if (nodes.find((node) => node.id === id)?.at === undefined) {
        places.set(id, [box.x + k * (CARD_WIDTH + COLUMN_GAP), box.y]);
      }
    }
  }
  return moveNodes(experiment, places);
}

/** Moves cards to where they were put; the nodes of a group move with its card. */
export function movedCards(experiment: Experiment, layout: Layout, to: ReadonlyMap<string, Point>): Experiment {
  const before = pinned(experiment, layout);
  const places = new Map<string, readonly [number, number]>();
  for (const [id, { x, y }] of to) {
    const group = groupOf(before.model, id);
    const box = layout.get(id);
    if (group === undefined) places.set(id, [x, y]);
    else if (box !== undefined) {
      for (const node of before.model.nodes) {
        if (!group.nodes.includes(node.id) || to.has(node.id)) continue;
        const [left, top] = node.at ?? [0, 0];
        places.set(node.id, [left + x - box.x, top + y - box.y]);
      }
    }
  }
  const after = moveNodes(before, places);
  // Cards that came back to where they were change nothing.
  return after === before ? experiment : after;
}
