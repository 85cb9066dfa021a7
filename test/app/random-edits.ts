import { newNode } from "../../src/nn/new-node.ts";
import type { Field, Fields } from "../../src/schema/field.ts";
import type { Experiment, NodeSpec } from "../../src/train/protocol.ts";
import { everything } from "./linking.ts";

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: string): () => number {
  let state = [...seed].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619), 2166136261);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;

const pick = <T>(random: Random, list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
const whole = (random: Random, min: number, max: number) => min + Math.floor(random() * (max - min + 1));

/** One of the edits that a visitor may do, at random; what comes of it need not be trainable. */
export function randomEdit(experiment: Experiment, random: Random): Experiment {
  return pick(random, EDITS)(experiment, random);
}

const EDITS: readonly ((experiment: Experiment, random: Random) => Experiment)[] = [
  (experiment, random) => ({ ...experiment, name: pick(random, ["<b>mine</b>", "我的网络", "a > b, c", "x"]) }),
  (experiment, random) => ({ ...experiment, seed: whole(random, 0, 2 ** 32 - 1) }),
  (experiment, random) => ({ ...experiment, batchSize: whole(random, 1, 512) }),
  (experiment, random) => ({ ...experiment, shuffle: random() < 0.5 }),
  (experiment, random) => ({ ...experiment, validateEvery: random() < 0.5 ? null : whole(random, 1, 900) }),
  (experiment, random) => ({ ...experiment, metrics: random() < 0.3 ? [] : ["r2", "accuracy"] }),
  (experiment, random) => ({
    ...experiment,
    stop: { ...experiment.stop, steps: whole(random, 1, 1e6), loss: random() },
  }),
  (experiment, random) => ({ ...experiment, data: choose(everything.dataSources, random) }),
  (experiment, random) => ({ ...experiment, loss: choose(everything.losses, random) }),
  (experiment, random) => ({
    ...experiment,
    schedule: { ...choose(everything.schedules, random), warmup: whole(random, 0, 99) },
  }),
  (experiment, random) => {
    const { weightDecay, clipValue, clipNorm } = experiment.optimizer;
    const shared = { learningRate: random(), weightDecay, clipValue, clipNorm, average: 0.99 };
    return { ...experiment, optimizer: { ...choose(everything.optimizers, random), ...shared } };
  },
  (experiment, random) => withNodes(experiment, (nodes) => [...nodes, added(nodes, random)]),
  (experiment, random) => withNodes(experiment, (nodes) => [added(nodes, random), ...nodes]),
  (experiment, random) => withNodes(experiment, (nodes) => changed(nodes, random)),
  (experiment, random) => withNodes(experiment, (nodes) => changed(nodes, random)),
  (experiment, random) => withNodes(experiment, (nodes) => moved(nodes, random)),
  (experiment, random) => withNodes(experiment, (nodes) => [...nodes].sort(() => random() - 0.5)),
  removed,
  (experiment, random) => {
    const { nodes, edges } = experiment.model;
    const edge = { from: pick(random, nodes).id, to: pick(random, nodes).id };
    return { ...experiment, model: { ...experiment.model, edges: [...edges, edge] } };
  },
  (experiment, random) => {
    const groups = [
      { id: "block", name: "块 <i>1</i>", nodes: [pick(random, experiment.model.nodes).id], collapsed: true },
    ];
    return { ...experiment, model: { ...experiment.model, groups } };
  },
  (experiment) => {
    const { groups: _, ...model } = experiment.model;
    return { ...experiment, model };
  },
];

function withNodes(experiment: Experiment, change: (nodes: readonly NodeSpec[]) => readonly NodeSpec[]): Experiment {
  return { ...experiment, model: { ...experiment.model, nodes: change(experiment.model.nodes) } };
}

function added(nodes: readonly NodeSpec[], random: Random): NodeSpec {
  const node = newNode(pick(random, everything.layers), nodes);
  return random() < 0.5 ? node : { ...node, at: [whole(random, -999, 999), whole(random, -999, 999)] };
}

function changed(nodes: readonly NodeSpec[], random: Random): readonly NodeSpec[] {
  const chosen = pick(random, nodes);
  const fields = everything.layers.find(({ kind }) => kind === chosen.layer)?.fields as Fields;
  return nodes.map((node) => (node === chosen ? { ...node, ...values(fields, random), frozen: random() < 0.3 } : node));
}

function moved(nodes: readonly NodeSpec[], random: Random): readonly NodeSpec[] {
  return nodes.map((node) => {
    if (random() < 0.5) return { ...node, at: [whole(random, -999, 999), whole(random, -999, 999)] };
    const { at: _, ...rest } = node;
    return rest as NodeSpec;
  });
}

function removed(experiment: Experiment, random: Random): Experiment {
  const { nodes, edges } = experiment.model;
  if (nodes.length === 1) return experiment;
  const { id } = pick(random, nodes);
  const { groups: _, ...model } = experiment.model;
  return {
    ...experiment,
    model: {
      ...model,
      nodes: nodes.filter((node) => node.id !== id),
      edges: edges.filter(({ from, to }) => from !== id && to !== id),
    },
  };
}

function choose(list: readonly { readonly kind: string; readonly fields: Fields }[], random: Random) {
  const { kind, fields } = pick(random, list);
  return { kind, ...values(fields, random) };
}

function values(fields: Fields, random: Random): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, drawn(field, random)]));
}

function drawn(field: Field, random: Random): unknown {
  if (random() < 0.5) return field.default;
  switch (field.kind) {
    case "integer":
    case "auto":
      return whole(random, field.min, Math.min(field.max, field.min + 99));
    case "number":
      return field.min + random() * (Math.min(field.max, field.min + 1) - field.min);
    case "optional":
      return random() < 0.5 ? null : field.min + random() * (Math.min(field.max, field.min + 1) - field.min);
    case "choice":
      return pick(random, field.options);
    case "flag":
      return random() < 0.5;
    case "pair":
      return [field.min, Math.min(field.max, field.min + 2)];
    case "list":
      return [Math.max(1, field.min)];
    case "line":
      return "column <1>";
  }
}
