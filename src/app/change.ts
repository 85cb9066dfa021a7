import type { Experiment, ModelSpec, NodeSpec } from "../train/protocol.ts";

/** What a change of an experiment asks of the run. */
export interface Change {
  /**
   * "nothing": names and places only. "live": numbers that are set while it trains. "continue": compiled anew, and the
   * run goes on where it stands. "keep": another model, a new run that keeps the weights that fit. "restart": other data
   * or another seed, a new run from first weights.
   */
  readonly effect: "nothing" | "live" | "continue" | "keep" | "restart";
  /** Live numbers to set, by the name the engine knows them by: "learningRate", "dropout_1.rate". */
  readonly live: ReadonlyMap<string, number>;
  /** Ids that nodes had, with those that they have now: what was learned goes with them. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** Compares two experiments; `isLive` tells which numbers may be changed while it trains. */
export function changeOf(before: Experiment, after: Experiment, isLive: (name: string) => boolean): Change {
  const live = new Map<string, number>();
  const renamed = renamedNodes(before.model, after.model);
  if (differs(before.data, after.data) || before.seed !== after.seed) return { effect: "restart", live, renamed };
  const model = modelChange(before, after, renamed, isLive, live);
  if (model === "keep") return { effect: "keep", live, renamed };
  const optimizer = fieldsChange(before.optimizer, after.optimizer, "", isLive, live);
  const rest = (["loss", "metrics", "schedule", "batchSize", "shuffle", "validateEvery", "stop"] as const).some((key) =>
    differs(before[key], after[key]),
  );
  if (model === "continue" || optimizer === "changed" || rest) return { effect: "continue", live, renamed };
  return { effect: live.size > 0 ? "live" : "nothing", live, renamed };
}

/** Nodes of one model that stand in the same place of the other under an id that is new there. */
function renamedNodes(before: ModelSpec, after: ModelSpec): ReadonlyMap<string, string> {
  if (before === after || before.nodes.length !== after.nodes.length) return new Map();
  const [olds, news] = [before, after].map(({ nodes }) => new Set(nodes.map(({ id }) => id)));
  const pairs = before.nodes.map((old, k) => [old, after.nodes[k] as NodeSpec] as const);
  return new Map(
    pairs
      .filter(([old, node]) => old.layer === node.layer && !news?.has(old.id) && !olds?.has(node.id))
      .map(([old, node]) => [old.id, node.id]),
  );
}

function modelChange(
  before: Experiment,
  after: Experiment,
  renamed: ReadonlyMap<string, string>,
  isLive: (name: string) => boolean,
  live: Map<string, number>,
): "nothing" | "continue" | "keep" {
  if (before.model === after.model) return "nothing";
  const idNow = (id: string) => renamed.get(id) ?? id;
  // Where no id is another, edges that were left alone are the same list: nothing is compared at every tick of a slider.
  const edges =
    renamed.size === 0
      ? before.model.edges
      : before.model.edges.map(({ from, to }) => ({ from: idNow(from), to: idNow(to) }));
  if (differs(edges, after.model.edges)) return "keep";
  const [olds, news] = [before.model.nodes, after.model.nodes];
  if (olds.length !== news.length) return "keep";
  let effect: "nothing" | "continue" = renamed.size > 0 ? "continue" : "nothing";
  for (const [k, node] of news.entries()) {
    const old = olds[k] as NodeSpec;
    if (old === node) continue;
    if (idNow(old.id) !== node.id || old.layer !== node.layer) return "keep";
    const { id: _old, at: _at, frozen: wasFrozen, ...was } = old;
    const { id: _new, at: _to, frozen, ...is } = node;
    if (fieldsChange(was, is, `${node.id}.`, isLive, live) === "changed") return "keep";
    if (wasFrozen !== frozen) effect = "continue";
  }
  return effect;
}

/** Compares fields one by one; numbers that are live are noted in `live`, any other difference is a change. */
function fieldsChange(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  prefix: string,
  isLive: (name: string) => boolean,
  live: Map<string, number>,
): "nothing" | "changed" {
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[field], after[field]];
    if (!differs(was, is)) continue;
    if (typeof was !== "number" || typeof is !== "number" || !isLive(prefix + field)) return "changed";
    live.set(prefix + field, is);
  }
  return "nothing";
}

/** Plain JSON values are compared by their text; the same object is the same value. */
export function differs(a: unknown, b: unknown): boolean {
  return a !== b && JSON.stringify(a) !== JSON.stringify(b);
}
