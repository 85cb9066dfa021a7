import type { RandomKey } from "../graph/random.ts";
import type { Shape, Tensor } from "../graph/tensor.ts";
import type { ConfigOf, Fields } from "../schema/field.ts";
import type { Text } from "../schema/text.ts";
import type { Initializer } from "./initializer.ts";
import type { Repair } from "./model-error.ts";

/** Where the palette lists a layer, and the colour it has on the canvas. */
export type Family =
  | "core"
  | "convolution"
  | "pooling"
  | "shape"
  | "recurrent"
  | "attention"
  | "normalization"
  | "regularization"
  | "activation"
  | "merge"
  | "augmentation"
  | "block";

/**
 * A layer is a value: what can be set, and the graph it makes. Its output shape, parameters and FLOPs are read off that
 * graph, so that nothing is said twice.
 */
export interface Layer<F extends Fields = Fields> {
  /** As it stands in the experiment: `Conv2D`. */
  readonly kind: string;
  readonly family: Family;
  /** One sentence: what it does. */
  readonly help: Text;
  readonly fields: F;
  /** How many inputs it takes; default: exactly one. */
  readonly inputs?: { readonly min: number; readonly max: number };
  /** Adds the layer's calls to the graph. Tensors have the batch first: (B, …). Refuses through `context.refuse`. */
  build(config: ConfigOf<F>, inputs: readonly [Tensor, ...Tensor[]], context: LayerContext): Tensor;
}

/** What a layer says of itself, without what it does: plain data, for palette and inspector. */
export type LayerDescription = Omit<Layer, "build">;

/** A layer whose config has the types of its fields. */
export function defineLayer<const F extends Fields>(layer: Layer<F>): Layer {
  return layer as unknown as Layer;
}

/** What the data asks of the model: what "auto" stands for. */
export interface DataFacts {
  /** Classes or tokens that an output tells apart; undefined where the target is of numbers. */
  readonly classes: number | undefined;
  /** Tokens that each input column tells apart, by the column's name; undefined where it is of numbers. */
  readonly tokens: ReadonlyMap<string, number | undefined>;
  /** Numbers a sample of the target has: 1 for a label. */
  readonly targetSize: number;
}

/** What a layer asks of the model that it is built into. */
export interface LayerContext {
  /** False where the model is evaluated: no dropout, no augmentation, running statistics. */
  readonly training: boolean;
  /** Whether the node is left as it is by training: its parameters, and its statistics, which are then the running ones. */
  readonly frozen: boolean;
  readonly data: DataFacts;
  /** A trained tensor of this layer, `name` being short: "kernel". Frozen where the node is. */
  parameter(name: string, shape: Shape, initial: Initializer): Tensor;
  /** A tensor that the layer itself carries from step to step: a running mean. `update` is for training only. */
  statistic(name: string, shape: Shape, initial: number): Statistic;
  /** The present value of a live number field, as an f32 scalar. */
  live(field: string): Tensor;
  /** A source of random numbers of this layer, different at every step; `purpose` sets several apart. */
  key(purpose?: string): RandomKey;
  /** Tokens that an input of this layer tells apart, where it is made of columns of tokens. */
  tokensOf(input: Tensor): number | undefined;
  /** Ends the build: what does not fit, with the values and the cure, and a repair that one click can do. */
  refuse(problem: Text, ...repairs: readonly Repair[]): never;
}

export interface Statistic {
  /** Before this step. */
  readonly value: Tensor;
  update(next: Tensor): void;
}
