import type { Experiment, NodeSpec } from "../train/protocol.ts";
import { differs } from "./change.ts";

/** Parts of an experiment that are chosen from a list. */
export type ChosenPart = "data" | "loss" | "optimizer" | "schedule";

/** One thing that differs between two experiments, as data: the screen puts it into words. */
export type RunChange =
  /** So many layers more; fewer where the count is negative. */
  | { readonly kind: "layers"; readonly layer: string; readonly count: number }
  | {
      readonly kind: "layerField";
      readonly layer: string;
      readonly field: string;
      readonly to: unknown;
      readonly count: number;
    }
  | { readonly kind: "wiring" }
  | { readonly kind: "choice"; readonly part: ChosenPart; readonly from: string; readonly to: string }
  | {
      readonly kind: "field";
      readonly part: ChosenPart;
      readonly of: string;
      readonly field: string;
      readonly to: unknown;
    }
  | { readonly kind: "setting"; readonly setting: "batchSize" | "shuffle" | "seed"; readonly to: unknown };

const PARTS: readonly ChosenPart[] = ["data", "optimizer", "schedule", "loss"];
const SETTINGS = ["batchSize", "shuffle", "seed"] as const;

/**
 * What of an experiment that makes a difference to what is learned has changed: not its name, nor places on the canvas,
 * nor what is measured, nor when it stops. What matters most to a reader comes first.
 */
export function runChanges(before: Experiment, after: Experiment): RunChange[] {
  if (before === after) return [];
  return [
    ...PARTS.flatMap((part) => partChanges(before, after, part)),
    ...modelChanges(before, after),
    ...SETTINGS.filter((setting) => before[setting] !== after[setting]).map(
      (setting): RunChange => ({ kind: "setting", setting, to: after[setting] }),
    ),
  ];
}

function partChanges(before: Experiment, after: Experiment, part: ChosenPart): RunChange[] {
  const [{ kind: from, ...was }, { kind: to, ...is }] = [before[part], after[part]];
  const choice: RunChange[] = from === to ? [] : [{ kind: "choice", part, from, to }];
  // Fields that only another kind has go with its name.
  const fields = Object.keys(is).filter((field) => field in was && differs(fieldOf(was, field), fieldOf(is, field)));
  return [
    ...choice,
    ...fields.map((field): RunChange => ({ kind: "field", part, of: to, field, to: fieldOf(is, field) })),
  ];
}

function modelChanges({ model: before }: Experiment, { model: after }: Experiment): RunChange[] {
  if (before === after) return [];
  const { pairs, added, removed } = paired(before.nodes, after.nodes);
  const layers = [...counted(added, 1), ...counted(removed, -1)];
  const fields = new Map<string, Extract<RunChange, { kind: "layerField" }>>();
  for (const [old, node] of pairs) {
    for (const [field, to] of changedFields(old, node)) {
      const key = JSON.stringify([node.layer, field, to]);
      const count = (fields.get(key)?.count ?? 0) + 1;
      fields.set(key, { kind: "layerField", layer: node.layer, field, to, count });
    }
  }
  const newIds = new Map(pairs.map(([old, node]) => [old.id, node.id]));
  const wires = before.edges.map(({ from, to }) => ({ from: newIds.get(from) ?? from, to: newIds.get(to) ?? to }));
  // Other layers are wired otherwise anyway.
  const isRewired = layers.length === 0 && differs(inOrder(wires), inOrder(after.edges));
  return [...layers, ...fields.values(), ...(isRewired ? [{ kind: "wiring" } as const] : [])];
}

/** Nodes that are the same in both: of the same id, else of the same layer in their order, as after a renaming. */
function paired(before: readonly NodeSpec[], after: readonly NodeSpec[]) {
  const pairs: [old: NodeSpec, node: NodeSpec][] = [];
  const old = new Map(before.map((node) => [node.id, node]));
  const added: NodeSpec[] = [];
  for (const node of after) {
    const same = old.get(node.id);
    if (same?.layer === node.layer) {
      pairs.push([same, node]);
      old.delete(node.id);
    } else added.push(node);
  }
  const removed = [...old.values()];
  const really = added.filter((node) => {
    const k = removed.findIndex(({ layer }) => layer === node.layer);
    if (k < 0) return true;
    pairs.push([removed[k] as NodeSpec, node]);
    removed.splice(k, 1);
    return false;
  });
  return { pairs, added: really, removed };
}

function counted(nodes: readonly NodeSpec[], sign: 1 | -1): RunChange[] {
  const counts = new Map<string, number>();
  for (const { layer } of nodes) counts.set(layer, (counts.get(layer) ?? 0) + sign);
  return [...counts].map(([layer, count]) => ({ kind: "layers", layer, count }));
}

function changedFields(before: NodeSpec, after: NodeSpec): [field: string, to: unknown][] {
  if (before === after) return [];
  const { id: _, at: _at, layer: _layer, ...is } = after;
  return Object.entries(is).filter(([field, value]) => differs(before[field], value));
}

/** The edges into a node are its inputs, in their order; the order of nodes makes no difference. */
function inOrder(edges: readonly { readonly from: string; readonly to: string }[]): string[] {
  const inputs = new Map<string, string[]>();
  for (const { from, to } of edges) inputs.set(to, [...(inputs.get(to) ?? []), from]);
  return [...inputs].map(([to, from]) => `${to} < ${from.join(" ")}`).sort();
}

const fieldOf = (fields: object, field: string): unknown => (fields as Readonly<Record<string, unknown>>)[field];
