import { NdArray } from "../../src/graph/nd-array.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { drawOf, filled, hash, type Initializer } from "../../src/nn/initializer.ts";
import type { DataFacts, Layer, LayerContext } from "../../src/nn/layer.ts";
import { ModelError } from "../../src/nn/model-error.ts";
import type { ConfigOf, Fields } from "../../src/schema/field.ts";

/** The node that `buildLayer` builds for: parameters are named "layer.<name>". */
const NODE = "layer";

export interface BuildOptions {
  /** Default true. */
  readonly training?: boolean;
  /** Default: no classes, no tokens, targets of one number. */
  readonly facts?: Partial<DataFacts>;
  /** What `tokensOf` says of every input. */
  readonly tokens?: number;
  /** Seed of the initial values and of the random numbers; default 1. */
  readonly seed?: number;
}

export interface BuiltLayer {
  readonly output: Tensor;
  /** Parameters by the layer's own names, in the order they were asked for. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** Statistics by the layer's own names, with what they become in this step. */
  readonly statistics: ReadonlyMap<string, { readonly value: Tensor; readonly next: Tensor | undefined }>;
  /** Initial values of parameters, statistics and live numbers, the seed, and step 0; for `interpret`. May be changed. */
  readonly feed: Map<Tensor, NdArray>;
  /** The u32 scalar that random numbers take as the step. */
  readonly step: Tensor;
}

/**
 * One layer on the given inputs. Fields that are left out get their defaults. What the layer refuses is thrown as a
 * ModelError of the node "layer".
 */
export function buildLayer(
  layer: Layer,
  config: Readonly<Record<string, unknown>>,
  inputs: readonly [Tensor, ...Tensor[]],
  { training = true, facts = {}, tokens, seed = 1 }: BuildOptions = {},
): BuiltLayer {
  const values = withDefaults(layer, config);
  const parameters = new Map<string, Tensor>();
  const statistics = new Map<string, { value: Tensor; next: Tensor | undefined }>();
  const feed = new Map<Tensor, NdArray>();
  const seedVariable = fedVariable(feed, "seed", new NdArray([], [seed], "u32"));
  const step = fedVariable(feed, "step", new NdArray([], [0], "u32"));
  const initialized = (name: string, shape: readonly number[], initial: Initializer) => {
    const path = `${NODE}.${name}`;
    if (parameters.has(name) || statistics.has(name)) throw new Error(`two tensors are named ${path}`);
    return fedVariable(feed, path, new NdArray(shape, Float64Array.from(initial(shape, drawOf(seed, path)))));
  };
  const context: LayerContext = {
    training,
    frozen: false,
    data: { classes: undefined, tokens: new Map(), targetSize: 1, ...facts },
    parameter(name, shape, initial) {
      const tensor = initialized(name, shape, initial);
      parameters.set(name, tensor);
      return tensor;
    },
    statistic(name, shape, initial) {
      const entry: { value: Tensor; next: Tensor | undefined } = {
        value: initialized(name, shape, filled(initial)),
        next: undefined,
      };
      statistics.set(name, entry);
      return {
        value: entry.value,
        update: (next) => {
          if (!training) throw new Error(`the statistic ${name} is updated in an evaluation`);
          entry.next = next;
        },
      };
    },
    live: (field) => {
      const value = values[field];
      if (typeof value !== "number") throw new Error(`${layer.kind} has no number ${field}`);
      return fedVariable(feed, `${NODE}.${field}`, new NdArray([], [value]));
    },
    key: (purpose = "") => ({ seed: seedVariable, step, stream: hash(`${NODE}.${purpose}`) }),
    tokensOf: () => tokens,
    refuse: (problem, ...repairs) => {
      throw new ModelError("shape", problem, { layer: layer.kind, node: NODE }, repairs);
    },
  };
  const output = layer.build(values, inputs, context);
  return { output, parameters, statistics, feed, step };
}

/** The config of a layer as the parser gives it: with all fields. */
export function withDefaults(layer: Layer, config: Readonly<Record<string, unknown>>): ConfigOf<Fields> {
  for (const name of Object.keys(config)) {
    if (!(name in layer.fields)) throw new Error(`${layer.kind} has no field ${name}`);
  }
  const defaults = Object.fromEntries(Object.entries(layer.fields).map(([name, field]) => [name, field.default]));
  return { ...defaults, ...config } as ConfigOf<Fields>;
}

/** What a build refuses, as the error that it throws. */
export function refusalOf(build: () => unknown): ModelError {
  try {
    build();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

function fedVariable(feed: Map<Tensor, NdArray>, name: string, value: NdArray): Tensor {
  const tensor = variable(name, value.shape, value.dtype);
  feed.set(tensor, value);
  return tensor;
}
