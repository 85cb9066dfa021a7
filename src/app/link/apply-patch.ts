import { MAX_EDGES, MAX_NODES } from "../../nn/model-limits.ts";
import type { EdgeSpec, Experiment, NodeSpec } from "../../train/protocol.ts";
import { LinkError } from "./link-error.ts";
import { edgeText, FIELD_PARTS, type PatchFields, VALUE_PARTS } from "./patch.ts";

const KEYS: readonly string[] = [...VALUE_PARTS, ...FIELD_PARTS, "set", "nodes", "edges", "groups"];

/**
 * The JSON of an experiment: a preset with the changes that a link names. Whether the changes are such is checked here;
 * whether an experiment comes of them is for the engine to say, which reads it next.
 */
export function applyPatch(base: Experiment, patch: unknown): unknown {
  const changes = record(patch, "#e");
  const stranger = Object.keys(changes).find((key) => !KEYS.includes(key));
  if (stranger !== undefined) {
    throw new LinkError({ kind: "unknownChange", key: stranger.slice(0, 60), known: KEYS.join(", ") });
  }
  const experiment: Record<string, unknown> = { ...base };
  for (const part of VALUE_PARTS) if (part in changes) experiment[part] = changes[part];
  for (const part of FIELD_PARTS) {
    if (!(part in changes)) continue;
    const fields = record(changes[part], part);
    experiment[part] = "kind" in fields ? fields : { ...base[part], ...fields };
  }
  const { groups: before, ...model } = base.model;
  const groups = "groups" in changes ? changes.groups : before;
  experiment.model = {
    ...model,
    nodes: patchedNodes(base.model.nodes, changes),
    edges: patchedEdges(base.model.edges, changes),
    ...(groups === null || groups === undefined ? {} : { groups }),
  };
  return experiment;
}

function patchedNodes(nodes: readonly NodeSpec[], { set, nodes: splice }: PatchFields): unknown[] {
  const known = new Map<string, PatchFields>(nodes.map((node) => [node.id, node]));
  const find = (id: string) => {
    const node = known.get(id);
    if (node === undefined) throw new LinkError({ kind: "unknownNode", id: id.slice(0, 64) });
    return node;
  };
  for (const [id, fields] of Object.entries(set === undefined ? {} : record(set, "set"))) {
    known.set(id, withFields(find(id), record(fields, `set.${id.slice(0, 64)}`)));
  }
  const list = spliced(
    nodes.map(({ id }) => id),
    splice,
    "nodes",
  );
  if (list.length > MAX_NODES) throw new LinkError({ kind: "tooManyNodes", limit: MAX_NODES });
  return list.map((node, k) => (typeof node === "string" ? find(node) : record(node, `nodes[${k}]`)));
}

/** `at` is the one field that a node may be without. */
function withFields(node: PatchFields, fields: PatchFields): PatchFields {
  const { at, ...rest } = { ...node, ...fields };
  return at === null || at === undefined ? rest : { ...rest, at };
}

function patchedEdges(edges: readonly EdgeSpec[], { edges: splice }: PatchFields): unknown[] {
  const list = spliced(edges.map(edgeText), splice, "edges");
  if (list.length > MAX_EDGES) throw new LinkError({ kind: "malformedChange", place: "edges" });
  return list.map((edge, k) => {
    const ends = typeof edge === "string" ? edge.split(">") : [];
    if (ends.length !== 2) throw new LinkError({ kind: "malformedChange", place: `edges[${k}]` });
    return { from: ends[0], to: ends[1] };
  });
}

/** The list with a stretch of it replaced; a splice that is left out changes nothing. */
function spliced(list: readonly string[], splice: unknown, place: string): unknown[] {
  if (splice === undefined) return [...list];
  const [start, gone, come] = Array.isArray(splice) && splice.length === 3 ? (splice as unknown[]) : [];
  if (!isCount(start) || !isCount(gone) || start + gone > list.length || !Array.isArray(come)) {
    throw new LinkError({ kind: "malformedChange", place });
  }
  return [...list.slice(0, start), ...(come as unknown[]), ...list.slice(start + gone)];
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function record(value: unknown, place: string): PatchFields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as PatchFields;
  throw new LinkError({ kind: "malformedChange", place });
}
