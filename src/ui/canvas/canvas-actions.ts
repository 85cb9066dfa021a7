import { duplicateNodes } from "../../app/edits/clipboard.ts";
import { connect, connectionFault, disconnect, edgeId, edgeOfId } from "../../app/edits/edges.ts";
import { groupNodes, groupOf, nodesAmong, setCollapsed, ungroup } from "../../app/edits/groups.ts";
import { emptyModel, MAX_NODES, nodeOf } from "../../app/edits/model.ts";
import { moveNodes, removeNodes } from "../../app/edits/nodes.ts";
import type { Experiment } from "../../app/engine-types.ts";
import { type CanvasParts, movedCards } from "./canvas-parts.ts";
import { focusCard } from "./focus-card.ts";
import type { Point, Size } from "./layout/box.ts";

/** What can be done on the canvas, by pointer, key or menu. All of it can be undone. */
export function createCanvasActions(parts: CanvasParts) {
  const { playground, canvas, flow, network, view, t } = parts;
  const { experiments, catalogue } = playground;

  /** Does something with the experiment and what is selected, where there is one. */
  const withSelection = (act: (experiment: Experiment, selection: readonly string[]) => void) => {
    const { experiment, selection } = experiments.getState();
    if (experiment !== undefined) act(experiment, selection);
  };
  /** Selected cards: nodes and groups. */
  const cardsAmong = ({ model }: Experiment, ids: readonly string[]) =>
    ids.filter((id) => groupOf(model, id) !== undefined || model.nodes.some((node) => node.id === id));

  return {
    /** Removes what is selected, and leaves the keyboard at the card before it. */
    remove: () =>
      withSelection((experiment, selection) => {
        const cards = cardsAmong(experiment, selection);
        // Edges of a card go with it, joined where they can be.
        const edges = selection
          .flatMap((id) => edgeOfId(id) ?? [])
          .filter(({ from, to }) => !cards.includes(from) && !cards.includes(to));
        if (cards.length === 0 && edges.length === 0) return;
        const order = network().nodes.map(({ id }) => id);
        const first = order.findIndex((id) => cards.includes(id));
        const before = order.slice(0, Math.max(0, first)).findLast((id) => !cards.includes(id));
        const rest = order.find((id) => !cards.includes(id));
        experiments.edit((present) => {
          const unwired = edges.reduce((next, { from, to }) => disconnect(next, from, to), present);
          return removeNodes(unwired, cards);
        });
        const { experiment: after } = experiments.getState();
        if (after === experiment) return canvas.refuse(t("inputStays"));
        const next = before ?? rest ?? after?.model.nodes[0]?.id ?? "";
        const neighbour = cards.length > 0 ? next : (edges[0]?.from ?? next);
        experiments.select([neighbour]);
        focusCard(parts, neighbour);
        canvas.announce(
          cards.length > 0
            ? t("removed", { count: cards.length, names: cards.join(", ") })
            : t("disconnected", { count: edges.length }),
        );
      }),

    duplicate: () =>
      withSelection((experiment, selection) => {
        const cards = cardsAmong(experiment, selection);
        if (cards.length === 0) return;
        const copy = duplicateNodes(experiment, cards);
        if (copy.ids.length === 0) return canvas.refuse(t("full", { count: MAX_NODES }));
        experiments.edit(() => copy.experiment);
        experiments.select(copy.ids);
        canvas.announce(t("added", { count: copy.ids.length, names: copy.ids.join(", ") }));
        requestAnimationFrame(() => focusCard(parts, copy.ids[0] as string));
      }),

    group: () =>
      withSelection((experiment, selection) => {
        const nodes = nodesAmong(experiment.model, cardsAmong(experiment, selection));
        if (nodes.length === 0) return;
        const number = (experiment.model.groups?.length ?? 0) + 1;
        const made = groupNodes(experiment, nodes, t("newGroup", { number }));
        if (made.experiment === experiment) return canvas.refuse(t("groupsFull"));
        experiments.edit(() => made.experiment);
        experiments.select([made.id]);
        // Its name is what one thinks of at once.
        canvas.setState({ renaming: made.id });
        canvas.announce(t("grouped", { count: nodes.length }));
      }),

    ungroup: () =>
      withSelection((experiment, selection) => {
        const groups = selection.flatMap((id) => groupOf(experiment.model, id) ?? []);
        if (groups.length === 0) return;
        experiments.edit((present) => groups.reduce((next, { id }) => ungroup(next, id), present));
        experiments.select(groups.flatMap(({ nodes }) => nodes));
        canvas.announce(t("ungrouped"));
      }),

    toggleGroup: (id: string) =>
      experiments.edit((experiment) => {
        const group = groupOf(experiment.model, id);
        return group ? setCollapsed(experiment, id, !group.collapsed) : experiment;
      }),

    /** Connects two cards, or says why they cannot be. */
    connect: (from: string, to: string) =>
      withSelection((experiment) => {
        const fault = connectionFault(experiment, from, to);
        if (fault !== undefined) return canvas.refuse(t(`connectionFault.${fault}`, { from, to }));
        experiments.edit((present) => connect(present, from, to));
        experiments.select([edgeId({ from, to })]);
        canvas.announce(t("connected", { from, to }));
      }),

    /** Puts cards somewhere else. Moves with the same key shortly after each other are undone as one. */
    move: (to: ReadonlyMap<string, Point>, mergeKey?: string) => {
      const { resting } = network();
      experiments.edit((experiment) => movedCards(experiment, resting, to), mergeKey);
    },

    selectAll: () => experiments.select(network().nodes.map(({ id }) => id)),

    arrange: () =>
      withSelection(async (experiment) => {
        const { arrange } = await import("./layout/arrange.ts");
        const places = arrange(experiment.model, network().sizes, view());
        experiments.edit((present) => (present.model === experiment.model ? moveNodes(present, places) : present));
        canvas.announce(t("arranged"));
        requestAnimationFrame(() => flow.fitView({ ...FIT, duration: 200 }));
      }),

    fit: () => flow.fitView({ ...FIT, duration: 200 }),

    /** An Input alone, to build from. */
    begin: () => {
      const layers = catalogue.getState().catalogue?.layers ?? [];
      experiments.edit((experiment) => emptyModel(experiment, layers));
      const input = experiments.getState().experiment?.model.nodes[0];
      experiments.select(input ? [input.id] : []);
      canvas.announce(t("begun"));
    },

    rename: (id: string) =>
      withSelection((experiment) => {
        const isCard = nodeOf(experiment, id) !== undefined || groupOf(experiment.model, id) !== undefined;
        if (isCard) canvas.setState({ renaming: id });
      }),
  };
}

export type CanvasActions = ReturnType<typeof createCanvasActions>;

/** Kept free at the edges for what lies on the canvas: figures above, notes and buttons below. */
const MARGIN = { top: 52, left: 28, right: 28, bottom: 88 };

/** How all of a network is shown. */
export const FIT = {
  padding: {
    top: `${MARGIN.top}px`,
    left: `${MARGIN.left}px`,
    right: `${MARGIN.right}px`,
    bottom: `${MARGIN.bottom}px`,
  },
  maxZoom: 1,
} as const;

/** The part of the canvas that a network is shown in. */
export function roomIn({ width, height }: Size): Size {
  return { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
}
