import { MAX_EDGES } from "../../nn/model-limits.ts";
import type { EdgeSpec, Experiment, ModelSpec } from "../../train/protocol.ts";
import { entryOf, exitOf, groupOf } from "./groups.ts";
import { INPUT_LAYER, withModel } from "./model.ts";

/** Why two nodes cannot be connected. */
export type ConnectionFault = "unknown" | "itself" | "exists" | "circle" | "input";

/** How the selection names an edge. */
export function edgeId({ from, to }: EdgeSpec): string {
  return `${from}>${to}`;
}

/** The edge that the selection names so; undefined where it names no edge. */
export function edgeOfId(id: string): EdgeSpec | undefined {
  const [from, to] = id.split(">");
  return from !== undefined && to !== undefined ? { from, to } : undefined;
}

/** Connects an output to an input; groups stand for the nodes at their ends. What cannot be connected changes nothing. */
export function connect(experiment: Experiment, from: string, to: string): Experiment {
  if (connectionFault(experiment, from, to) !== undefined) return experiment;
  const edges = [...experiment.model.edges, endsOf(experiment.model, from, to)];
  return withModel(experiment, { edges });
}

/** Takes an edge away; between groups all edges that lead from the one to the other. */
export function disconnect(experiment: Experiment, from: string, to: string): Experiment {
  const { model } = experiment;
  const [sources, targets] = [from, to].map((id) => groupOf(model, id)?.nodes ?? [id]) as [string[], string[]];
  const edges = model.edges.filter((edge) => !sources.includes(edge.from) || !targets.includes(edge.to));
  return edges.length === model.edges.length ? experiment : withModel(experiment, { edges });
}

/** Why `connect` would change nothing; undefined where it connects. */
export function connectionFault({ model }: Experiment, from: string, to: string): ConnectionFault | undefined {
  const ends = endsOf(model, from, to);
  const target = model.nodes.find(({ id }) => id === ends.to);
  if (target === undefined || !model.nodes.some(({ id }) => id === ends.from)) return "unknown";
  if (ends.from === ends.to) return "itself";
  if (target.layer === INPUT_LAYER) return "input";
  if (model.edges.some((edge) => edge.from === ends.from && edge.to === ends.to)) return "exists";
  if (leadsTo(model.edges, ends.to, ends.from)) return "circle";
  return model.edges.length >= MAX_EDGES ? "unknown" : undefined;
}

function endsOf(model: ModelSpec, from: string, to: string): EdgeSpec {
  const [source, target] = [groupOf(model, from), groupOf(model, to)];
  return { from: source ? exitOf(model, source) : from, to: target ? entryOf(model, target) : to };
}

/** Whether edges lead from a node to another. */
function leadsTo(edges: readonly EdgeSpec[], from: string, to: string): boolean {
  const targets = new Map<string, string[]>();
  for (const edge of edges) {
    const list = targets.get(edge.from);
    if (list) list.push(edge.to);
    else targets.set(edge.from, [edge.to]);
  }
  const reached = new Set([from]);
  for (const id of reached) {
    if (id === to) return true;
    for (const target of targets.get(id) ?? []) reached.add(target);
  }
  return false;
}
