import type { ErrorKind } from "../errors.ts";
import type { Experiment } from "../nn/experiment.ts";
import type { LayerDescription } from "../nn/layer.ts";
import type { Metric } from "../nn/metric.ts";
import type { Repair } from "../nn/model-error.ts";
import type { Fields } from "../schema/field.ts";
import type { Text } from "../schema/text.ts";
import type { TrainingSummary } from "./training-summary.ts";
import type { ViewKind, ViewPayload, ViewRequest } from "./view-protocol.ts";

// What the page and the worker that trains say to each other. All of it is plain data that a message can carry. The page
// calls (each call is answered once, with a result or a problem); the worker reports whenever there is news.

export type { Choice, EdgeSpec, Experiment, GroupSpec, ModelSpec, NodeSpec, OptimizerSpec } from "../nn/experiment.ts";
export type { Family, LayerDescription } from "../nn/layer.ts";
export type { Repair } from "../nn/model-error.ts";
export type { Field, Fields } from "../schema/field.ts";
export type { Text } from "../schema/text.ts";
export type { TrainingSummary } from "./training-summary.ts";

/** What can be chosen, as it describes itself: palette, inspector and panels are drawn from this. */
export interface Catalogue {
  readonly layers: readonly LayerDescription[];
  readonly dataSources: readonly SourceDescription[];
  readonly losses: readonly LossDescription[];
  readonly metrics: readonly MetricDescription[];
  readonly optimizers: readonly OptimizerDescription[];
  readonly schedules: readonly Entry[];
  /** Fields of every optimizer and every schedule, beside its own. */
  readonly optimizerFields: Fields;
  readonly scheduleFields: Fields;
}

export interface Entry {
  readonly kind: string;
  readonly label: Text;
  readonly help: Text;
  readonly fields: Fields;
}

export interface LossDescription extends Entry {
  /** What it compares: labels, numbers, or either. */
  readonly of: "labels" | "numbers" | "any";
}

export interface OptimizerDescription extends Entry {
  readonly learningRate: number;
}

export type MetricDescription = Pick<Metric, "kind" | "label" | "help" | "better" | "of">;

export interface SourceDescription extends Entry {
  readonly task: "classification" | "regression" | "reconstruction" | "forecasting" | "text" | "sequence";
  /** Names of columns and classes that are words, as people read them; others are shown as they are. */
  readonly words?: Readonly<Record<string, Text>>;
  /** Which files it reads, where it reads any. */
  readonly files?: { readonly accept: string; readonly help: Text };
}

/** What went wrong, in both languages, where it belongs, and what one click would cure. */
export interface Problem {
  readonly kind: ErrorKind | "unknown";
  readonly text: Text;
  /** The canvas node it belongs to. */
  readonly node?: string;
  readonly repairs: readonly Repair[];
}

/** What the canvas says of a model, as far as it can be built on the experiment's data. */
export interface Draft {
  readonly nodes: ReadonlyMap<string, NodeDescription>;
  /** At most one a node. */
  readonly problems: ReadonlyMap<string, Problem>;
  /** What is wrong with the experiment as a whole: its data, batch size or metrics; undefined where nothing is. */
  readonly problem: Problem | undefined;
  readonly outputNode: string | undefined;
  /** The data that it was built on. */
  readonly data: DataDescription;
  readonly parameters: number;
  /** Of a forward pass for one sample. */
  readonly flops: number;
}

export interface NodeDescription {
  /** Of one sample of the output. */
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly flops: number;
}

/** The data that an experiment learns from, as views need to know it. */
export interface DataDescription {
  readonly task: SourceDescription["task"];
  readonly inputs: readonly ColumnDescription[];
  readonly target: ColumnDescription;
  readonly trainingSamples: number;
  readonly validationSamples: number;
}

export interface ColumnDescription {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: "f32" | "i32";
  readonly categories?: readonly string[];
}

/** A run that is ready to train. */
export interface Opened {
  readonly summary: TrainingSummary;
  readonly data: DataDescription;
  readonly device: DeviceDescription;
  /** Steps done so far: more than 0 where it goes on from the run before. */
  readonly step: number;
  /** Parameters and statistics that were kept from the run before; undefined where nothing was to be kept. */
  readonly kept: readonly string[] | undefined;
  /** Parameters and statistics that start anew, where some were kept. */
  readonly begun: readonly string[];
  /** Names of the numbers that `set` may change while it trains, with their values. */
  readonly live: ReadonlyMap<string, number>;
}

export interface DeviceDescription {
  /** "cpu": the reference interpreter, where there is no WebGPU. */
  readonly kind: "gpu" | "cpu";
  readonly name: string;
}

/** A file as the page has read it. */
export interface DataFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Some samples of a data set as they lie, one after another. */
export interface SampleValues {
  readonly count: number;
  /** By the column's name; bytes of pixels as numbers of 0…1. */
  readonly columns: ReadonlyMap<string, Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>;
}

export interface OpenOptions {
  /** Files that the data source reads; left out: those given before. */
  readonly files?: readonly DataFile[];
  /** What to take over from the run before, as far as it fits. */
  readonly inherit: "nothing" | "weights" | "everything";
  /** Ids that nodes had in the run before, with those that they have now. */
  readonly renamed?: ReadonlyMap<string, string>;
}

/** A schedule to be drawn before anything is trained. */
export interface RatesRequest {
  readonly learningRate: number;
  readonly schedule: Experiment["schedule"];
  readonly steps: number;
  readonly count: number;
}

/** What the page may call, each with its argument and its result. */
export interface Calls {
  /** All that can be chosen. */
  catalogue: { argument: undefined; result: Catalogue };
  /** Reads JSON as an experiment: strict, defaults filled in. */
  parse: { argument: unknown; result: Experiment };
  /** Looks at a model without compiling it. */
  draft: { argument: { experiment: Experiment; files?: readonly DataFile[] }; result: Draft };
  /** Makes the experiment the one that is trained; what was training stops. */
  open: { argument: { experiment: Experiment; options: OpenOptions }; result: Opened };
  train: { argument: undefined; result: undefined };
  /** Resolves once nothing is under way any more. */
  pause: { argument: undefined; result: undefined };
  /** So many steps, then it stands again. */
  step: { argument: number; result: undefined };
  /** Back to the first weights, the first batch and the first random numbers. */
  rewind: { argument: undefined; result: undefined };
  /** Changes a live number while it trains. */
  set: { argument: { name: string; value: number }; result: undefined };
  /** Steps a second at most; null: as fast as it goes. */
  speed: { argument: number | null; result: undefined };
  /** Some samples of the data that is open or, if `drafted`, of the last draft's, which may not be trained on yet. */
  samples: {
    argument: { part: "training" | "validation"; from: number; count: number; drafted?: boolean };
    result: SampleValues;
  };
  /** The learning rate over a run of so many steps, at `count` of them from the first to the last. */
  rates: { argument: RatesRequest; result: Float32Array<ArrayBuffer> };
  /** Which views are open, by ids of the page's choice; those that are not named are closed. */
  watch: { argument: ReadonlyMap<string, ViewRequest>; result: undefined };
}

export type CallName = keyof Calls;

/** What goes to the worker. */
export interface Request<C extends CallName = CallName> {
  readonly id: number;
  readonly call: C;
  readonly argument: Calls[C]["argument"];
}

/** What comes from the worker. */
export type Report =
  | { readonly kind: "answer"; readonly id: number; readonly result: unknown }
  | { readonly kind: "refusal"; readonly id: number; readonly problem: Problem }
  | ({ readonly kind: "metrics" } & MetricsBatch)
  | { readonly kind: "validation"; readonly step: number; readonly metrics: Readonly<Record<string, number>> }
  /** The run came to a stop condition. */
  | { readonly kind: "finished"; readonly step: number }
  /** The run was put back, after a divergence or a crash of the GPU: steps after this one are gone. */
  | { readonly kind: "returned"; readonly step: number; readonly cause: "diverged" | "device-lost" }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "view"; readonly id: string; readonly step: number; readonly payload: ViewPayload<ViewKind> }
  | { readonly kind: "viewFailed"; readonly id: string; readonly problem: Problem };

/** Metrics of steps in a row, as columns: at most 30 of these a second. */
export interface MetricsBatch {
  readonly steps: Float64Array<ArrayBuffer>;
  /** Time spent training when each step had come back, in seconds. */
  readonly seconds: Float64Array<ArrayBuffer>;
  /** `loss`, `learningRate` and the experiment's metrics, each of one batch. */
  readonly values: ReadonlyMap<string, Float32Array<ArrayBuffer>>;
}
