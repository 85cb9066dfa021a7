import * as z from "zod/mini";
import { dataSources } from "../data/sources.ts";
import type { Fields } from "../schema/field.ts";
import { shapeOf } from "../schema/field-schema.ts";
import { issueMessage } from "../schema/issue-text.ts";
import { strict, variants } from "../schema/objects.ts";
import { parse } from "../schema/parse.ts";
import {
  faultOf,
  listOf,
  pairOf,
  realNumber,
  realNumberOrNull,
  someOf,
  textLike,
  trueOrFalse,
  wholeNumber,
  wholeNumberOrNull,
  withDefault,
} from "../schema/schemas.ts";
import type { Text } from "../schema/text.ts";
import { checkGroups } from "./check-groups.ts";
import { optimizerFields, scheduleFields } from "./common-fields.ts";
import { layers } from "./layers.ts";
import { losses } from "./losses.ts";
import { metrics } from "./metrics.ts";
import { ID_PATTERN, MAX_EDGES, MAX_GROUPS, MAX_NAME, MAX_NODES, NAME_PATTERN } from "./model-limits.ts";
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
  /**
   * Whether every epoch has an order of its own; else the samples come as they lie. What does not fill a batch at the end
   * of an epoch is left out of it.
   */
  readonly shuffle: boolean;
  /** Steps between validations; null: once an epoch, but not more often than every 100 steps, nor more seldom than every 1000. */
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
  /** Blocks: nodes that the canvas shows as one. They make no difference to what is computed. */
  readonly groups?: readonly GroupSpec[];
}

/** A named group of nodes on the canvas. */
export interface GroupSpec {
  readonly id: string;
  readonly name: string;
  /** Ids of at least one node; a node is in one group at most. */
  readonly nodes: readonly string[];
  /** Whether the canvas shows one card in place of its nodes. */
  readonly collapsed: boolean;
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

const ID = textLike(ID_PATTERN, {
  en: "a letter, then letters, digits, _ or -, at most 64 in all",
  zh: "以英文字母开头、后接字母、数字、_ 或 - 的标识，最多 64 个字符",
});
const NAME = textLike(NAME_PATTERN, {
  en: `a name of 1 to ${MAX_NAME} characters in one line`,
  zh: `1 到 ${MAX_NAME} 个字符的单行名称`,
});

const choice = (
  key: string,
  what: Text,
  list: readonly { readonly kind: string; readonly fields: Fields }[],
  more = {},
) => variants(key, what, new Map(list.map(({ kind, fields }) => [kind, { ...more, ...shapeOf(fields) }])));

const orNone = <T extends z.ZodMiniType>(schema: T) => withDefault(schema, null);

/** What a node has beside its layer's fields; no layer may have a field of such a name. */
const nodeKeys = {
  id: ID,
  frozen: withDefault(trueOrFalse(), false),
  at: z.optional(
    pairOf(realNumber(-1e6, 1e6), {
      en: "two numbers from -1000000 to 1000000: [x, y]",
      zh: "两个 -1000000 到 1000000 之间的数：[x, y]",
    }),
  ),
};

const modelKeys = strict(
  { en: "a model", zh: "网络" },
  {
    nodes: listOf(choice("layer", { en: "layers", zh: "层" }, layers, nodeKeys), 1, MAX_NODES, {
      en: `a list of 1 to ${MAX_NODES} nodes`,
      zh: `由 1 到 ${MAX_NODES} 个节点组成的列表`,
    }),
    edges: listOf(strict({ en: "an edge", zh: "连线" }, { from: ID, to: ID }), 0, MAX_EDGES, {
      en: `a list of at most ${MAX_EDGES} edges`,
      zh: `最多 ${MAX_EDGES} 条连线组成的列表`,
    }),
    groups: z.optional(
      listOf(
        strict(
          { en: "a group", zh: "模块" },
          {
            id: ID,
            name: NAME,
            nodes: listOf(ID, 1, MAX_NODES, {
              en: `a list of 1 to ${MAX_NODES} ids of nodes`,
              zh: `由 1 到 ${MAX_NODES} 个节点标识组成的列表`,
            }),
            collapsed: withDefault(trueOrFalse(), false),
          },
        ),
        0,
        MAX_GROUPS,
        { en: `a list of at most ${MAX_GROUPS} groups`, zh: `最多 ${MAX_GROUPS} 个模块组成的列表` },
      ),
    ),
  },
);

const modelSchema = modelKeys.check(checkGroups);

const optimizerSchema = variants(
  "kind",
  { en: "optimizers", zh: "优化器" },
  new Map(
    optimizers.map(({ kind, fields, learningRate }) => {
      const rate = { ...optimizerFields.learningRate, default: learningRate };
      return [kind, shapeOf({ ...optimizerFields, learningRate: rate, ...fields })];
    }),
  ),
);

const NO_STOP: StopConditions = { steps: null, epochs: null, loss: null, accuracy: null, patience: null };

const stopSchema = strict(
  { en: "the stop conditions", zh: "停止条件" },
  {
    steps: orNone(wholeNumberOrNull(1, 1e9)),
    epochs: orNone(realNumberOrNull(0.001, 1e6)),
    loss: orNone(realNumberOrNull(0, 1e30)),
    accuracy: orNone(realNumberOrNull(0, 1)),
    patience: orNone(wholeNumberOrNull(1, 1e9)),
  },
);

const experimentSchema = strict(
  { en: "an experiment", zh: "实验" },
  {
    version: z.literal(1, {
      error: ({ input }) => {
        const { en, zh } = faultOf(input);
        return issueMessage({
          en: `${en}; this program reads version 1: take an experiment of that version, or a newer program`,
          zh: `${zh}；本程序读取版本 1：请使用该版本的实验，或更新的程序`,
        });
      },
    }),
    name: withDefault(NAME, "untitled"),
    data: choice("kind", { en: "data sources", zh: "数据源" }, dataSources),
    model: modelSchema,
    loss: choice("kind", { en: "losses", zh: "损失函数" }, losses),
    metrics: withDefault(someOf(metrics.map(({ kind }) => kind)), []),
    optimizer: optimizerSchema,
    schedule: withDefault(choice("kind", { en: "schedules", zh: "学习率调度" }, schedules, shapeOf(scheduleFields)), {
      kind: "constant",
      warmup: 0,
    }),
    batchSize: withDefault(wholeNumber(1, 65536), 64),
    shuffle: withDefault(trueOrFalse(), true),
    validateEvery: orNone(wholeNumberOrNull(1, 1e9)),
    stop: withDefault(stopSchema, NO_STOP),
    seed: withDefault(wholeNumber(0, 2 ** 32 - 1), 1),
  },
);

/** Reads what JSON holds: checked throughout, unknown keys refused, defaults filled in. Throws "experiment". */
export function parseExperiment(value: unknown): Experiment {
  return parse(experimentSchema, value, { en: "the experiment", zh: "实验" }, "experiment") as unknown as Experiment;
}
