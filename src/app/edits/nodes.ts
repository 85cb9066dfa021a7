import { ID_PATTERN } from "../../nn/model-limits.ts";
import { newNode } from "../../nn/new-node.ts";
import { edgesAround } from "../../nn/repair-model.ts";
import type { EdgeSpec, Experiment, LayerDescription, ModelSpec, NodeSpec } from "../../train/protocol.ts";
import { differs } from "../change.ts";
import { edgeId } from "./edges.ts";
import { nodesAmong, tidyGroups, withNodesInGroupOf } from "./groups.ts";
import { INPUT_LAYER, nodeOf, roomFor, withModel } from "./model.ts";

/** Where a new node comes to be. */
export interface Place {
  /** Behind this node: what it led to, the new node leads to. */
  readonly after?: string;
  /** In the middle of this edge. */
  readonly on?: EdgeSpec;
  /** On the canvas; left out: wherever it is laid out. */
  readonly at?: readonly [x: number, y: number];
  /** Values of its fields that are not the defaults. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Adds a node. Where there is no room for another (see `roomFor`), the experiment stays the same. */
export function addNode(
  experiment: Experiment,
  layer: LayerDescription,
  { after, on, at, config }: Place,
): { readonly experiment: Experiment; readonly id: string } {
  const { model } = experiment;
  const fresh = newNode(layer, [...model.nodes, ...(model.groups ?? [])], config);
  const node = at === undefined ? fresh : { ...fresh, at: rounded(at) };
  const { id } = node;
  if (roomFor(experiment) < 1) return { experiment, id };
  const from = on?.from ?? after;
  const place = model.nodes.findIndex((other) => other.id === from) + 1 || model.nodes.length;
  const nodes = model.nodes.toSpliced(place, 0, node);
  // Nothing leads into an Input: it stands for itself.
  const isWired = layer.kind !== INPUT_LAYER && from !== undefined && nodeOf(experiment, from) !== undefined;
  const edges = isWired ? wiredBehind(model.edges, id, from, on) : model.edges;
  const joined = isWired ? groupAround(model, edges, id) : undefined;
  const next = { ...model, nodes, edges };
  return {
    experiment: { ...experiment, model: joined === undefined ? next : withNodesInGroupOf(next, joined, [id]) },
    id,
  };
}

/** The edges with a node behind another: on one edge, or on all that lead on from there. */
function wiredBehind(edges: readonly EdgeSpec[], id: string, from: string, on: EdgeSpec | undefined): EdgeSpec[] {
  const moves = (edge: EdgeSpec) => edge.from === from && (on === undefined || edge.to === on.to);
  const first = edges.findIndex(moves);
  const moved = edges.map((edge) => (moves(edge) ? { ...edge, from: id } : edge));
  return moved.toSpliced(first < 0 ? edges.length : first, 0, { from, to: id });
}

/** A node of the group that both sides of a new node are in. */
function groupAround({ groups = [] }: ModelSpec, edges: readonly EdgeSpec[], id: string): string | undefined {
  const sides = edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
  const isAround = groups.some(({ nodes }) => sides.length > 1 && sides.every((side) => nodes.includes(side)));
  return isAround ? sides[0] : undefined;
}

/**
 * Removes nodes, and the nodes of groups. What led to a node with one input then leads to where it led. Where nothing
 * would be left, an Input stays.
 */
export function removeNodes(experiment: Experiment, ids: readonly string[]): Experiment {
  const { model } = experiment;
  const gone = new Set(nodesAmong(model, ids));
  if (gone.size === model.nodes.length) gone.delete(remainder(model).id);
  if (gone.size === 0) return experiment;
  const nodes = model.nodes.filter(({ id }) => !gone.has(id));
  let { edges } = model;
  for (const id of gone) {
    const inputs = edges.filter(({ to }) => to === id).length;
    edges = inputs === 1 ? distinct(edgesAround(edges, id)) : edges.filter(({ from, to }) => from !== id && to !== id);
  }
  return { ...experiment, model: tidyGroups({ ...model, nodes, edges }) };
}

/** What stays when everything is removed. */
function remainder({ nodes }: ModelSpec): NodeSpec {
  return nodes.find(({ layer }) => layer === INPUT_LAYER) ?? (nodes[0] as NodeSpec);
}

function distinct(edges: readonly EdgeSpec[]): EdgeSpec[] {
  return [...new Map(edges.map((edge) => [edgeId(edge), edge])).values()];
}

export function setField(experiment: Experiment, id: string, field: string, value: unknown): Experiment {
  return changeNode(experiment, id, (node) => (differs(node[field], value) ? { ...node, [field]: value } : node));
}

export function setFrozen(experiment: Experiment, id: string, frozen: boolean): Experiment {
  return changeNode(experiment, id, (node) => (node.frozen === frozen ? node : { ...node, frozen }));
}

function changeNode(experiment: Experiment, id: string, change: (node: NodeSpec) => NodeSpec): Experiment {
  const node = nodeOf(experiment, id);
  const changed = node && change(node);
  if (changed === node) return experiment;
  return withModel(experiment, {
    nodes: experiment.model.nodes.map((other) => (other === node ? (changed as NodeSpec) : other)),
  });
}

/** Why a node cannot be called so. */
export type IdFault = "malformed" | "taken";

export function idFault({ model }: Experiment, id: string, newId: string): IdFault | undefined {
  if (!ID_PATTERN.test(newId)) return "malformed";
  const others = [...model.nodes, ...(model.groups ?? [])];
  return newId !== id && others.some((other) => other.id === newId) ? "taken" : undefined;
}

/** Gives a node another id, with its edges. One that is not allowed (see `idFault`) changes nothing. */
export function renameNode(experiment: Experiment, id: string, newId: string): Experiment {
  if (id === newId || nodeOf(experiment, id) === undefined || idFault(experiment, id, newId)) return experiment;
  const named = (other: string) => (other === id ? newId : other);
  const { nodes, edges, groups } = experiment.model;
  return withModel(experiment, {
    nodes: nodes.map((node) => (node.id === id ? { ...node, id: newId } : node)),
    edges: edges.map((edge) =>
      edge.from === id || edge.to === id ? { from: named(edge.from), to: named(edge.to) } : edge,
    ),
    ...(groups && { groups: groups.map((group) => ({ ...group, nodes: group.nodes.map(named) })) }),
  });
}

/** Puts nodes somewhere else on the canvas; those that are not named stay. */
export function moveNodes(
  experiment: Experiment,
  positions: ReadonlyMap<string, readonly [x: number, y: number]>,
): Experiment {
  let isMoved = false;
  const nodes = experiment.model.nodes.map((node) => {
    const position = positions.get(node.id);
    if (position === undefined) return node;
    const at = rounded(position);
    if (node.at?.[0] === at[0] && node.at?.[1] === at[1]) return node;
    isMoved = true;
    return { ...node, at };
  });
  return isMoved ? withModel(experiment, { nodes }) : experiment;
}

/** Whole pixels, so that links stay short. */
function rounded([x, y]: readonly [x: number, y: number]): readonly [x: number, y: number] {
  return [Math.round(x), Math.round(y)];
}
