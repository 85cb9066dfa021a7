import { connectionFault } from "../../app/edits/edges.ts";
import type { CanvasActions } from "./canvas-actions.ts";
import type { CanvasParts } from "./canvas-parts.ts";
import { focusCard } from "./focus-card.ts";

/** Moving the keyboard's focus along the graph, and drawing edges with it. */
export function createWalking(parts: CanvasParts, { connect }: CanvasActions) {
  const { playground, canvas, network, t } = parts;
  const { experiments } = playground;

  /** The cards that an edge drawn from one may lead to, those behind it first. */
  const candidatesFrom = (from: string): string[] => {
    const { experiment } = experiments.getState();
    if (experiment === undefined) return [];
    const order = network()
      .nodes.filter(({ type }) => type !== "frame")
      .map(({ id }) => id);
    const place = order.indexOf(from);
    const turned = [...order.slice(place + 1), ...order.slice(0, Math.max(0, place))];
    return turned.filter((id) => connectionFault(experiment, from, id) === undefined);
  };

  const choose = (to: string) => {
    canvas.setState(({ connecting }) => ({ connecting: connecting && { ...connecting, to } }));
    focusCard(parts, to);
  };

  return {
    /** Along the edges: from a card to the edge that leads on, from there to the next card; back likewise. */
    along: (id: string, direction: 1 | -1) => {
      const { edges } = network();
      const edge = edges.find((other) => other.id === id);
      const next = edge
        ? direction === 1
          ? edge.target
          : edge.source
        : edges.find(({ source, target }) => (direction === 1 ? source : target) === id)?.id;
      if (next === undefined) return canvas.announce(t(direction === 1 ? "leadsNowhere" : "comesFromNowhere"));
      experiments.select([next]);
      focusCard(parts, next);
    },

    /** From an edge to the next that leads from or to the same card. */
    across: (id: string, direction: 1 | -1) => {
      const { edges } = network();
      const edge = edges.find((other) => other.id === id);
      if (edge === undefined) return;
      const others = edges.filter(({ source, target }) => source === edge.source || target === edge.target);
      const next = others[(others.indexOf(edge) + direction + others.length) % others.length];
      if (next === undefined) return;
      experiments.select([next.id]);
      focusCard(parts, next.id);
    },

    /** To the card before or behind in the order of the graph; undefined at the ends. */
    neighbour: (id: string, direction: 1 | -1): string | undefined => {
      const { nodes } = network();
      const place = nodes.findIndex((node) => node.id === id);
      return nodes[place + direction]?.id;
    },

    startConnecting: (from: string) => {
      const [first] = candidatesFrom(from);
      if (first === undefined) return canvas.refuse(t("noTarget", { from }));
      canvas.setState({ connecting: { from, to: undefined } });
      canvas.announce(t("connectingHelp", { from }));
      choose(first);
    },

    chooseTarget: (direction: 1 | -1) => {
      const { connecting } = canvas.getState();
      if (connecting === undefined) return;
      const candidates = candidatesFrom(connecting.from);
      const place = candidates.indexOf(connecting.to ?? "");
      const next = candidates[(place + direction + candidates.length) % candidates.length];
      if (next !== undefined) choose(next);
    },

    endConnecting: (isDone: boolean) => {
      const { connecting } = canvas.getState();
      if (connecting === undefined) return;
      canvas.setState({ connecting: undefined });
      const { from, to } = connecting;
      if (isDone && to !== undefined) connect(from, to);
      else canvas.announce(t("cancelled"));
      // On the new edge's far side, so that one builds on from there.
      const next = isDone && to !== undefined ? to : from;
      experiments.select([next]);
      focusCard(parts, next);
    },
  };
}

export type Walking = ReturnType<typeof createWalking>;
