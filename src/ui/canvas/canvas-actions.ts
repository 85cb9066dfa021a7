import { connect, connectionFault, edgeId } from "../../app/edits/edges.ts";
import { groupOf, setCollapsed } from "../../app/edits/groups.ts";
import { emptyModel, nodeOf } from "../../app/edits/model.ts";
import { moveNodes } from "../../app/edits/nodes.ts";
import type { Experiment } from "../../app/engine-types.ts";
import { type CanvasParts, movedCards } from "./canvas-parts.ts";
import { focusCard } from "./focus-card.ts";
import type { Point, Size } from "./layout/box.ts";
import { createSelectionEdits, type Outcome } from "./selection-edits.ts";

/** What can be done on the canvas, by pointer, key or menu. All of it can be undone. */
export function createCanvasActions(parts: CanvasParts) {
  const { playground, canvas, flow, network, view, t } = parts;
  const { experiments, catalogue } = playground;

  /** Does something with the experiment and what is selected, where there is one. */
  const withSelection = (act: (experiment: Experiment, selection: readonly string[]) => void) => {
    const { experiment, selection } = experiments.getState();
    if (experiment !== undefined) act(experiment, selection);
  };
  const edits = createSelectionEdits(experiments, t);
  /** Says what came of an edit, and goes on from there. */
  const settle = (outcome: Outcome | undefined, goOn?: (at: string) => void) => {
    if (outcome === undefined) return;
    if ("refusal" in outcome) return canvas.refuse(outcome.refusal);
    goOn?.(outcome.at);
    canvas.announce(outcome.text);
  };

  return {
    /** Removes what is selected, and leaves the keyboard at the card before it. */
    remove: () =>
      withSelection((_, selection) => {
        const order = network().nodes.map(({ id }) => id);
        settle(edits.remove(selection, order), (at) => focusCard(parts, at));
      }),

    duplicate: () =>
      withSelection((_, selection) =>
        settle(edits.duplicate(selection), (at) => requestAnimationFrame(() => focusCard(parts, at))),
      ),

    group: () =>
      withSelection((_, selection) =>
        // Its name is what one thinks of at once.
        settle(edits.group(selection), (at) => canvas.setState({ renaming: at })),
      ),

    ungroup: () => withSelection((_, selection) => settle(edits.ungroup(selection))),

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
