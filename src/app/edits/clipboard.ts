import { MAX_EDGES, MAX_GROUPS, MAX_NODES } from "../../nn/model-limits.ts";
import type { EdgeSpec, Experiment, GroupSpec, ModelSpec, NodeSpec } from "../../train/protocol.ts";
import { nodesAmong, tidyGroups } from "./groups.ts";

/** What the clipboard holds: JSON, told from other people's JSON by this key. */
const KEY = "descentNodes";
const VERSION = 1;

/** A text longer than this is none of ours. */
const MAX_LENGTH = 2_000_000;

interface Inserted {
  readonly experiment: Experiment;
  /** Of the new nodes. */
  readonly ids: readonly string[];
}

/** Nodes, and nodes of groups, with the edges among them, as text for the clipboard. */
export function copiedText({ model }: Experiment, ids: readonly string[]): string {
  return JSON.stringify({ [KEY]: VERSION, ...fragmentOf(model, ids) }, undefined, 1);
}

/** Adds what was copied; where there is no room for all of it, nothing. Undefined where the text is no copy of nodes. */
export function pasted(
  experiment: Experiment,
  text: string,
  at?: readonly [x: number, y: number],
): Inserted | undefined {
  const fragment = fragmentIn(text);
  return fragment && withFragment(experiment, fragment, at);
}

/** Adds the same nodes once more, with the edges among them. */
export function duplicateNodes(experiment: Experiment, ids: readonly string[]): Inserted {
  return withFragment(experiment, fragmentOf(experiment.model, ids));
}

/**
 * What a copied text holds. Its frame is checked here: ids, edges and groups that fit each other. The values of the layers'
 * fields are for the engine to check (`parse`), which has their schema.
 */
export function fragmentIn(text: string): ModelSpec | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const value = parsed(text);
  if (!isRecord(value) || value[KEY] !== VERSION) return undefined;
  const { nodes, edges, groups = [] } = value;
  if (!isListOf(nodes, isNode) || !isListOf(edges, isEdge) || !isListOf(groups, isGroup) || nodes.length === 0)
    return undefined;
  const ids = new Set(nodes.map(({ id }) => id));
  const isKnown = (id: string) => ids.has(id);
  const isWhole =
    ids.size === nodes.length &&
    edges.every(({ from, to }) => isKnown(from) && isKnown(to)) &&
    groups.every((group) => group.nodes.every(isKnown));
  return isWhole ? { nodes, edges, ...(groups.length > 0 && { groups }) } : undefined;
}

/**
 * Adds nodes under ids that are free, with their left upper corner at a place. Without a place they are laid out like any
 * others that have none.
 */
export function withFragment(
  experiment: Experiment,
  fragment: ModelSpec,
  at?: readonly [x: number, y: number],
): Inserted {
  const { model } = experiment;
  if (!hasRoomFor(model, fragment)) return { experiment, ids: [] };
  const taken = new Set([...model.nodes, ...(model.groups ?? [])].map(({ id }) => id));
  const free = new Map([...fragment.nodes, ...(fragment.groups ?? [])].map(({ id }) => [id, takeFreeId(id, taken)]));
  const renamed = (id: string) => free.get(id) as string;
  const nodes = movedTo(fragment.nodes, at).map((node) => ({ ...node, id: renamed(node.id) }));
  const edges = fragment.edges.map(({ from, to }) => ({ from: renamed(from), to: renamed(to) }));
  const groups = (fragment.groups ?? []).map((group) => ({
    ...group,
    id: renamed(group.id),
    nodes: group.nodes.map(renamed),
  }));
  const next = {
    ...model,
    nodes: [...model.nodes, ...nodes],
    edges: [...model.edges, ...edges],
    groups: [...(model.groups ?? []), ...groups],
  };
  return { experiment: { ...experiment, model: tidyGroups(next) }, ids: nodes.map(({ id }) => id) };
}

/** The experiment's schema takes only so much of everything. */
function hasRoomFor({ nodes, edges, groups = [] }: ModelSpec, more: ModelSpec): boolean {
  return (
    nodes.length + more.nodes.length <= MAX_NODES &&
    edges.length + more.edges.length <= MAX_EDGES &&
    groups.length + (more.groups?.length ?? 0) <= MAX_GROUPS
  );
}

function fragmentOf(model: ModelSpec, ids: readonly string[]): ModelSpec {
  const chosen = new Set(nodesAmong(model, ids));
  const groups = (model.groups ?? []).filter(({ nodes }) => nodes.every((id) => chosen.has(id)));
  return {
    nodes: model.nodes.filter(({ id }) => chosen.has(id)),
    edges: model.edges.filter(({ from, to }) => chosen.has(from) && chosen.has(to)),
    ...(groups.length > 0 && { groups }),
  };
}

/** The id itself where it is free, else with the next number behind it: conv_1, conv_2. */
function takeFreeId(id: string, taken: Set<string>): string {
  const [, name = id, number = "1"] = /^(.*?)(?:_(\d{1,6}))?$/.exec(id) ?? [];
  let free = id;
  for (let count = Number(number) + 1; taken.has(free); count++) free = `${name.slice(0, 56)}_${count}`;
  taken.add(free);
  return free;
}

function movedTo(nodes: readonly NodeSpec[], at: readonly [x: number, y: number] | undefined): readonly NodeSpec[] {
  const corners = nodes.map((node) => node.at);
  if (at === undefined || !corners.every((corner) => corner !== undefined)) {
    return nodes.map(({ at: _, ...node }) => node as NodeSpec);
  }
  const left = Math.min(...corners.map(([x]) => x));
  const top = Math.min(...corners.map(([, y]) => y));
  return nodes.map((node, k) => {
    const [x, y] = corners[k] as readonly [number, number];
    return { ...node, at: [Math.round(x - left + at[0]), Math.round(y - top + at[1])] as const };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOf<T>(value: unknown, isElement: (element: unknown) => element is T): value is T[] {
  return Array.isArray(value) && value.every(isElement);
}

function isNode(value: unknown): value is NodeSpec {
  return isRecord(value) && typeof value.id === "string" && typeof value.layer === "string" && isPlace(value.at);
}

function isPlace(value: unknown): value is NodeSpec["at"] {
  return value === undefined || (isListOf(value, (x): x is number => typeof x === "number") && value.length === 2);
}

function isEdge(value: unknown): value is EdgeSpec {
  return isRecord(value) && typeof value.from === "string" && typeof value.to === "string";
}

function isGroup(value: unknown): value is GroupSpec {
  return (
    isRecord(value) &&
    typeof value.id === "string" &&
    typeof value.name === "string" &&
    typeof value.collapsed === "boolean" &&
    isListOf(value.nodes, (id): id is string => typeof id === "string")
  );
}
