import * as z from "zod/mini";
import { dataSources } from "../data/sources.ts";
import { type Fields, integer, number, optional } from "../schema/field.ts";
import {
  oneOf,
  parse,
  realNumber,
  shapeOf,
  strict,
  textLike,
  variants,
  wholeNumber,
  withDefault,
} from "../schema/parse.ts";
import { layers } from "./layers.ts";
import { losses } from "./losses.ts";
import { metrics } from "./metrics.ts";
import { optimizers } from "./optimizers.ts";
import { schedules } from "./schedules.ts";

/** All that a run depends on, as one plain JSON value. Link, file, undo, worker and terminal carry it. */
export interface Experiment {
  readonly version: 1;
  readonly name: string;
  readonly data: Choice;
  readonly model: ModelSpec;
  readonly loss: Choice;
  readonly metrics: readonly string[];
  readonly optimizer: OptimizerSpec;
  readonly schedule: Choice & { readonly warmup: number };
  readonly batchSize: number;
  /** Whether every epoch has an order of its own; else the samples come as they lie. */
  readonly shuffle: boolean;
  /** Steps between validations; null: once an epoch. */
  readonly validateEvery: number | null;
  readonly stop: StopConditions;
  readonly seed: number;
}

/** One of a list (of data sources, losses …) by its kind, with values for its fields. */
export interface Choice {
  readonly kind: string;
  readonly [field: string]: unknown;
}

export interface ModelSpec {
  readonly nodes: readonly NodeSpec[];
  /** The edges into a node are its inputs, in their order here. */
  readonly edges: readonly EdgeSpec[];
}

/** A layer with values for its fields. */
export interface NodeSpec {
  readonly id: string;
  readonly layer: string;
  /** Its parameters and statistics stay as they are. */
  readonly frozen: boolean;
  /** Where it stands on the canvas. */
  readonly at?: readonly [x: number, y: number];
  readonly [field: string]: unknown;
}

export interface EdgeSpec {
  readonly from: string;
  readonly to: string;
}

export interface OptimizerSpec extends Choice {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly clipValue: number | null;
  readonly clipNorm: number | null;
  readonly average: number | null;
}

/** The run ends with the first that holds; null: does not count. */
export interface StopConditions {
  readonly steps: number | null;
  readonly epochs: number | null;
  /** Validation loss at most this. */
  readonly loss: number | null;
  /** Validation accuracy at least this. */
  readonly accuracy: number | null;
  /** So many validations without a lower loss than before. */
  readonly patience: number | null;
}

/** Fields of every optimizer, beside its own. The learning rate's default is the optimizer's. */
export const optimizerFields = {
  learningRate: number({
    label: { en: "Learning rate", zh: "学习率" },
    help: { en: "How far each step goes; times the schedule's factor.", zh: "每一步走多远；再乘以学习率调度的系数。" },
    min: 0,
    max: 1e12,
    default: 0.001,
    live: true,
    scale: "log",
  }),
  weightDecay: number({
    label: { en: "Weight decay", zh: "权重衰减" },
    help: {
      en: "Pulls kernels and tables towards 0; biases and scales are left alone.",
      zh: "把权重矩阵拉向 0；偏置和缩放参数不受影响。",
    },
    min: 0,
    max: 100,
    default: 0,
    live: true,
    scale: "log",
  }),
  clipValue: optional({
    label: { en: "Clip by value", zh: "按值裁剪" },
    help: { en: "Each element of a gradient is kept within ± this.", zh: "梯度的每个元素都限制在 ± 该值以内。" },
    min: 1e-9,
    max: 1e9,
    default: null,
  }),
  clipNorm: optional({
    label: { en: "Clip by norm", zh: "按范数裁剪" },
    help: {
      en: "All gradients together are scaled down to at most this Euclidean norm.",
      zh: "把全部梯度一起缩小，使其欧几里得范数不超过该值。",
    },
    min: 1e-9,
    max: 1e9,
    default: null,
  }),
  average: optional({
    label: { en: "Average of weights", zh: "权重滑动平均" },
    help: {
      en: "Validates and saves an exponential moving average of the weights with this decay, such as 0.999.",
      zh: "用该衰减率（例如 0.999）对权重做指数滑动平均，并以平均后的权重验证和保存。",
    },
    min: 0,
    max: 0.999999,
    default: null,
  }),
} satisfies Fields;

/** Fields of every schedule, beside its own. */
export const scheduleFields = {
  warmup: integer({
    label: { en: "Warm-up", zh: "预热" },
    help: { en: "Steps in which the rate rises from 0 in a straight line.", zh: "学习率从 0 线性上升所用的步数。" },
    min: 0,
    max: 1e9,
    default: 0,
  }),
} satisfies Fields;

/** What a node has beside its layer's fields; no layer may have a field of such a name. */
const ID = textLike(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, "a letter, then letters, digits, _ or -, at most 64 in all");
const MAX_NODES = 1000;
const MAX_EDGES = 4000;

const choice = (
  key: string,
  what: string,
  list: readonly { readonly kind: string; readonly fields: Fields }[],
  more = {},
) => variants(key, what, new Map(list.map(({ kind, fields }) => [kind, { ...more, ...shapeOf(fields) }])));

const limit = (min: number, max: number) => withDefault(z.union([z.null(), realNumber(min, max)]), null);
const count = () => withDefault(z.union([z.null(), wholeNumber(1, 1e9)]), null);

const nodeKeys = {
  id: ID,
  frozen: withDefault(z.boolean(), false),
  at: z.optional(z.tuple([realNumber(-1e6, 1e6), realNumber(-1e6, 1e6)])),
};

const optimizerSchema = variants(
  "kind",
  "optimizer",
  new Map(
    optimizers.map(({ kind, fields, learningRate }) => {
      const rate = { ...optimizerFields.learningRate, default: learningRate };
      return [kind, shapeOf({ ...optimizerFields, learningRate: rate, ...fields })];
    }),
  ),
);

const experimentSchema = strict("an experiment", {
  version: z.literal(1, {
    error: (issue) =>
      `is ${JSON.stringify(issue.input)}; this program reads version 1: take an experiment of that version, or a newer program`,
  }),
  name: withDefault(textLike(/^[^\p{Cc}]{1,120}$/u, "a name of 1 to 120 characters"), "untitled"),
  data: choice("kind", "data source", dataSources),
  model: strict("a model", {
    nodes: z.array(choice("layer", "layer", layers, nodeKeys)).check(z.minLength(1), z.maxLength(MAX_NODES)),
    edges: z.array(strict("an edge", { from: ID, to: ID })).check(z.maxLength(MAX_EDGES)),
  }),
  loss: choice("kind", "loss", losses),
  metrics: withDefault(z.array(oneOf(metrics.map(({ kind }) => kind))), []),
  optimizer: optimizerSchema,
  schedule: withDefault(choice("kind", "schedule", schedules, shapeOf(scheduleFields)), {
    kind: "constant",
    warmup: 0,
  }),
  batchSize: withDefault(wholeNumber(1, 65536), 64),
  shuffle: withDefault(z.boolean(), true),
  validateEvery: count(),
  stop: withDefault(
    strict("stop", {
      steps: count(),
      epochs: limit(0.001, 1e6),
      loss: limit(0, 1e30),
      accuracy: limit(0, 1),
      patience: count(),
    }),
    { steps: null, epochs: null, loss: null, accuracy: null, patience: null },
  ),
  seed: withDefault(wholeNumber(0, 2 ** 32 - 1), 1),
});

/** Reads what JSON holds: checked throughout, unknown keys refused, defaults filled in. Throws "experiment". */
export function parseExperiment(value: unknown): Experiment {
  return parse(experimentSchema, value, "the experiment", "experiment") as unknown as Experiment;
}
