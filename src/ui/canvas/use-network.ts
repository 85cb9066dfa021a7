import type { TFunction } from "i18next";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { INPUT_LAYER } from "../../app/edits/model.ts";
import type { ModelSpec } from "../../app/engine-types.ts";
import { useText } from "../i18n.ts";
import { useCatalogue, useExperiment, useRun } from "../playground.tsx";
import { flowEdges } from "./flow-edges.ts";
import { type Card, type CardTexts, flowNode } from "./flow-nodes.ts";
import { type Box, boundsOf, type Point, type Size } from "./layout/box.ts";
import { columnsOf } from "./layout/columns.ts";
import { type Layout, layOut } from "./layout/lay-out.ts";
import { routes } from "./layout/route.ts";
import { type Sides, sidesOf } from "./layout/sides.ts";
import { unitLinks, unitsOf } from "./layout/units.ts";
import { type CanvasEdge, type CanvasNode, type Facts, groupData, groupSize, layerData, layerSize } from "./network.ts";
import { settingsLine, shapeText } from "./settings-line.ts";

interface Options {
  readonly model: ModelSpec;
  readonly selection: readonly string[];
  /** The room there is on the screen. */
  readonly view: Size;
  /** Heights that cards turned out to have, where they are not as expected. */
  readonly heights: ReadonlyMap<string, number>;
  /** Where cards are while they are dragged. */
  readonly dragged: ReadonlyMap<string, Point>;
  readonly connecting: { readonly from: string; readonly to: string | undefined } | undefined;
}

export interface Network {
  readonly nodes: CanvasNode[];
  readonly edges: CanvasEdge[];
  readonly layout: Layout;
  /** Without what is dragged. */
  readonly resting: Layout;
  readonly sizes: ReadonlyMap<string, Size>;
}

/** The model as xyflow draws it. What has not changed since the last time is the same object. */
export function useNetwork({ model, selection, view, heights, dragged, connecting }: Options): Network {
  const facts = useFacts();
  const { t } = useTranslation("canvas");
  const known = useRef({ t, nodes: new Map<string, CanvasNode>(), edges: new Map<string, CanvasEdge>() });
  const cards = useMemo(() => cardsOf(model, facts), [model, facts]);
  const sizes = useMemo(() => sizesOf(cards, facts, heights), [cards, facts, heights]);
  const laid = useMemo(() => layOut(model, sizes, view), [model, sizes, view]);
  const layout = useMemo(() => (dragged.size > 0 ? moved(laid, dragged, model) : laid), [laid, dragged, model]);
  const wires = useMemo(() => {
    const units = unitsOf(model);
    const links = unitLinks(model, { ...units, open: [] });
    const boxes = new Map(cards.flatMap(({ id, type }) => (type === "frame" ? [] : [[id, layout.get(id) as Box]])));
    const sides = sidesOf(boxes, links);
    const { from, to } = connecting ?? {};
    const all = from !== undefined && to !== undefined ? [...links, { from, to }] : links;
    return { links, sides, ways: routes(boxes, all, sides) };
  }, [model, cards, layout, connecting]);

  // Texts are made once a card, not whenever one is dragged.
  const texts = useMemo(() => new Map(cards.map((card) => [card.id, textsOf(card, t)])), [cards, t]);

  const nodes = useMemo(() => {
    const selected = new Set(selection);
    const next = cards.map((card) => {
      const { id } = card;
      const placed = {
        box: layout.get(id) as Box,
        sides: wires.sides.get(id) ?? USUAL_SIDES,
        isSelected: selected.has(id),
        // Under fingers, cards cover what one would pan and zoom by: one is dragged once it was chosen.
        isDraggable: !fingers.matches || selected.has(id),
        texts: texts.get(id) as CardTexts,
      };
      return flowNode(card, placed, known.current.nodes.get(id));
    });
    known.current.nodes = new Map(next.map((node) => [node.id, node]));
    return next;
  }, [cards, layout, wires, selection, texts]);

  const edges = useMemo(() => {
    // In another language all are made anew.
    const before = known.current.t === t ? known.current.edges : new Map();
    known.current.t = t;
    const next = flowEdges({ ...wires, cards, selection, connecting, before, t });
    known.current.edges = new Map(next.map((edge) => [edge.id, edge]));
    return next;
  }, [wires, cards, selection, connecting, t]);

  return { nodes, edges, layout, resting: laid, sizes };
}

const fingers = matchMedia("(pointer: coarse)");

const USUAL_SIDES: Sides = { input: "left", output: "right" };

function textsOf(card: Card, t: TFunction<"canvas">): CardTexts {
  const { shape, parameters, problem } = card.data;
  const facts = [
    shape && t("shapeIs", { shape: shapeText(shape) }),
    parameters !== undefined && t("parametersAre", { count: parameters }),
    problem && t("problemIs"),
  ];
  return {
    label:
      card.type === "layer" ? `${card.data.node.layer} ${card.id}` : t("groupNamed", { name: card.data.group.name }),
    description: facts.filter(Boolean).join(" "),
    roleDescription: card.type === "layer" ? t("node") : t("block"),
  };
}

function useFacts(): Facts {
  const say = useText();
  const { i18n } = useTranslation();
  const catalogue = useCatalogue();
  const { draft, runProblem } = useRun(({ draft, problem }) => ({ draft, runProblem: problem }));
  const data = useExperiment(({ experiment }) => experiment?.data.kind);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `say` depends on the language alone
  return useMemo(
    () => ({
      draft,
      runProblem,
      layers: new Map(catalogue?.layers.map((layer) => [layer.kind, layer])),
      settings: (node, layer, shape) => {
        const source = catalogue?.dataSources.find(({ kind }) => kind === data);
        return settingsLine(node, layer, shape, say) || (layer.kind === INPUT_LAYER && source ? say(source.label) : "");
      },
      sentence: ({ text }) => say(text),
    }),
    [draft, runProblem, catalogue, data, i18n.language],
  );
}

/** In the order in which the Tab key goes: along the graph, the frame of an open group before what is in it. */
function cardsOf(model: ModelSpec, facts: Facts): Card[] {
  const units = unitsOf(model);
  const order = columnsOf(units.ids, unitLinks(model, units), new Map()).flatMap((column) =>
    column.map(({ id }) => id),
  );
  const byId = new Map(model.nodes.map((node) => [node.id, node]));
  // Points of the plane: pictures are maps over it.
  const inputs = model.nodes.filter(({ layer }) => layer === INPUT_LAYER);
  const isPlane = inputs.length === 1 && facts.draft?.nodes.get(inputs[0]?.id ?? "")?.shape.join() === "2";
  const groups = new Map((model.groups ?? []).map((group) => [group.id, group]));
  const layer = (id: string): Card[] => {
    const node = byId.get(id);
    return node === undefined ? [] : [{ type: "layer", id, data: layerData(node, facts, isPlane) }];
  };
  return order.flatMap((id): Card[] => {
    const group = groups.get(id);
    if (group === undefined) return layer(id);
    const data = groupData(group, model, facts);
    if (group.collapsed) return [{ type: "group", id, data }];
    return [{ type: "frame", id, data }, ...group.nodes.flatMap(layer)];
  });
}

function sizesOf(cards: readonly Card[], facts: Facts, heights: ReadonlyMap<string, number>): Map<string, Size> {
  return new Map(
    cards.map((card) => {
      const expected = card.type === "layer" ? layerSize(card.data, facts) : groupSize(card.data, facts);
      return [card.id, { width: expected.width, height: heights.get(card.id) ?? expected.height }];
    }),
  );
}

/** With what is dragged where it is, and frames round their nodes. */
function moved(layout: Layout, dragged: ReadonlyMap<string, Point>, { groups = [] }: ModelSpec): Layout {
  const next = new Map(layout);
  for (const [id, point] of dragged) {
    const box = next.get(id);
    if (box) next.set(id, { ...box, x: point.x, y: point.y });
  }
  for (const { id, nodes, collapsed } of groups) {
    const [before, frame] = [boundsOf(boxesOf(nodes, layout)), layout.get(id)];
    if (collapsed || frame === undefined) continue;
    const after = boundsOf(boxesOf(nodes, next));
    next.set(id, {
      x: frame.x + after.x - before.x,
      y: frame.y + after.y - before.y,
      width: frame.width + after.width - before.width,
      height: frame.height + after.height - before.height,
    });
  }
  return next;
}

function boxesOf(ids: readonly string[], layout: Layout): Box[] {
  return ids.flatMap((id) => layout.get(id) ?? []);
}
