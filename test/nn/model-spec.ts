import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { type ModelSpec, parseExperiment } from "../../src/nn/experiment.ts";
import type { DataFacts } from "../../src/nn/layer.ts";
import type { ModelSetting } from "../../src/nn/model.ts";
import { changed } from "./experiment-json.ts";

export type LayerJson = Readonly<Record<string, unknown>> & { readonly layer: string };

/** A model as it stands in an experiment that was read: nodes, and edges written "from to". */
export function modelSpec(
  nodes: readonly (LayerJson & { readonly id: string })[],
  edges: readonly string[],
): ModelSpec {
  const wired = edges.map((edge) => {
    const [from, to] = edge.split(" ");
    return { from, to };
  });
  return parseExperiment(changed(["model"], { nodes, edges: wired })).model;
}

/** A model of an Input, "input", and layers one after another; their ids are "layer_1", "layer_2" … */
export function chain(...layers: readonly LayerJson[]): ModelSpec {
  const nodes = [{ id: "input", layer: "Input" }, ...layers.map((layer, k) => ({ id: `layer_${k + 1}`, ...layer }))];
  return modelSpec(
    nodes,
    nodes.slice(1).map(({ id }, k) => `${nodes[k]?.id} ${id}`),
  );
}

export interface SettingOptions {
  /** Samples in the batch; default 2. */
  readonly batch?: number;
  /** Shape of a sample of each column; those in `tokens` are whole numbers. Default: "x" of 28×28×1. */
  readonly columns?: Readonly<Record<string, readonly number[]>>;
  readonly tokens?: Readonly<Record<string, number>>;
  readonly facts?: Partial<Pick<DataFacts, "classes" | "targetSize">>;
  /** Default true. */
  readonly training?: boolean;
}

/** What a model is built on, without data. */
export function settingOf({
  batch = 2,
  columns = { x: [28, 28, 1] },
  tokens = {},
  facts = {},
  training = true,
}: SettingOptions = {}): ModelSetting {
  const column = ([name, shape]: readonly [string, readonly number[]]): readonly [string, Tensor] => [
    name,
    variable(name, [batch, ...shape], tokens[name] === undefined ? "f32" : "i32"),
  ];
  return {
    columns: new Map(Object.entries(columns).map(column)),
    data: {
      classes: undefined,
      targetSize: 1,
      ...facts,
      tokens: new Map(Object.keys(columns).map((name) => [name, tokens[name]])),
    },
    training,
    random: { seed: variable("seed", [], "u32"), step: variable("step", [], "u32") },
  };
}
