import type { TFunction } from "i18next";
import { duplicateNodes } from "../../app/edits/clipboard.ts";
import { disconnect, edgeOfId } from "../../app/edits/edges.ts";
import { groupNodes, groupOf, nodesAmong, ungroup } from "../../app/edits/groups.ts";
import { MAX_NODES, nodeOf } from "../../app/edits/model.ts";
import { addNode, removeNodes } from "../../app/edits/nodes.ts";
import type { EdgeSpec, Experiment, LayerDescription } from "../../app/engine-types.ts";
import type { ExperimentStore } from "../../app/experiment-store.ts";

/** What came of an edit: what to say of it and the card or edge that it leads to, which is selected; or why there was none. */
export type Outcome = { readonly text: string; readonly at: string } | { readonly refusal: string };

/** Edits of nodes, groups and edges by their ids, the same wherever they are asked for. Undefined where there is nothing to do. */
export function createSelectionEdits(experiments: ExperimentStore, t: TFunction<"canvas">) {
  return {
    /** `order`: of the cards, as they are walked through; what is before them is selected then. */
    remove(ids: readonly string[], order?: readonly string[]): Outcome | undefined {
      const { experiment } = experiments.getState();
      if (experiment === undefined) return undefined;
      const cards = cardsAmong(experiment, ids);
      // Edges of a card go with it, joined where they can be.
      const edges = ids
        .flatMap((id) => edgeOfId(id) ?? [])
        .filter(({ from, to }) => !cards.includes(from) && !cards.includes(to));
      if (cards.length === 0 && edges.length === 0) return undefined;
      experiments.edit((present) => {
        const unwired = edges.reduce((next, { from, to }) => disconnect(next, from, to), present);
        return removeNodes(unwired, cards);
      });
      const { experiment: after = experiment } = experiments.getState();
      if (after === experiment) return { refusal: t("inputStays") };
      const next = neighbour(cards, order ?? shownIds(experiment)) ?? after.model.nodes[0]?.id ?? "";
      const at = cards.length > 0 ? next : (edges[0]?.from ?? next);
      experiments.select([at]);
      const text =
        cards.length > 0
          ? t("removed", { count: cards.length, names: cards.join(", ") })
          : t("disconnected", { count: edges.length });
      return { text, at };
    },

    duplicate(ids: readonly string[]): Outcome | undefined {
      const { experiment } = experiments.getState();
      const cards = experiment ? cardsAmong(experiment, ids) : [];
      if (experiment === undefined || cards.length === 0) return undefined;
      const copy = duplicateNodes(experiment, cards);
      const [at] = copy.ids;
      if (at === undefined) return { refusal: t("full", { count: MAX_NODES }) };
      experiments.edit(() => copy.experiment);
      experiments.select(copy.ids);
      return { text: t("added", { count: copy.ids.length, names: copy.ids.join(", ") }), at };
    },

    group(ids: readonly string[]): Outcome | undefined {
      const { experiment } = experiments.getState();
      const nodes = experiment ? nodesAmong(experiment.model, ids) : [];
      if (experiment === undefined || nodes.length === 0) return undefined;
      const number = (experiment.model.groups?.length ?? 0) + 1;
      const made = groupNodes(experiment, nodes, t("newGroup", { number }));
      if (made.experiment === experiment) return { refusal: t("groupsFull") };
      experiments.edit(() => made.experiment);
      experiments.select([made.id]);
      return { text: t("grouped", { count: nodes.length }), at: made.id };
    },

    /** Takes blocks apart. */
    ungroup(ids: readonly string[]): Outcome | undefined {
      const { experiment } = experiments.getState();
      const groups = experiment ? ids.flatMap((id) => groupOf(experiment.model, id) ?? []) : [];
      const nodes = groups.flatMap((group) => group.nodes);
      const [at] = nodes;
      if (at === undefined) return undefined;
      experiments.edit((present) => groups.reduce((next, { id }) => ungroup(next, id), present));
      experiments.select(nodes);
      return { text: t("ungrouped"), at };
    },

    /** A layer between two others. */
    insert(layer: LayerDescription, on: EdgeSpec): Outcome | undefined {
      const { experiment } = experiments.getState();
      if (experiment === undefined) return undefined;
      const added = addNode(experiment, layer, { on });
      if (added.experiment === experiment) return { refusal: t("full", { count: MAX_NODES }) };
      experiments.edit(() => added.experiment);
      experiments.select([added.id]);
      return { text: t("added", { count: 1, names: added.id }), at: added.id };
    },
  };
}

/** Nodes and groups, without edges. */
function cardsAmong(experiment: Experiment, ids: readonly string[]): string[] {
  return ids.filter((id) => groupOf(experiment.model, id) !== undefined || nodeOf(experiment, id) !== undefined);
}

/** The card before the first of some, else the first of the others. */
function neighbour(cards: readonly string[], order: readonly string[]): string | undefined {
  const first = order.findIndex((id) => cards.includes(id));
  const isOther = (id: string) => !cards.includes(id);
  return order.slice(0, Math.max(0, first)).findLast(isOther) ?? order.find(isOther);
}

/** Nodes, and closed groups in place of theirs, in the order of the model. */
function shownIds({ model: { nodes, groups = [] } }: Experiment): string[] {
  const shown = nodes.map(({ id }) => groups.find((group) => group.collapsed && group.nodes.includes(id))?.id ?? id);
  return [...new Set(shown)];
}
