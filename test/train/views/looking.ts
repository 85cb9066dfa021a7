import type { Column, Dataset } from "../../../src/data/dataset.ts";
import type { Gpu } from "../../../src/gpu/device.ts";
import { interpret } from "../../../src/graph/interpreter.ts";
import { NdArray } from "../../../src/graph/nd-array.ts";
import { nameOfVariable, variable } from "../../../src/graph/ops/variable.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import { callsOf } from "../../../src/graph/traverse.ts";
import type { Experiment } from "../../../src/nn/experiment.ts";
import { buildModel, type Model } from "../../../src/nn/model.ts";
import { factsOf } from "../../../src/train/evaluated.ts";
import { gpuBackend } from "../../../src/train/gpu-backend.ts";
import { loadDataset } from "../../../src/train/load-dataset.ts";
import { columnValues } from "../../../src/train/sample-values.ts";
import { Trainer } from "../../../src/train/trainer.ts";
import type { ViewKind, ViewPayload, ViewRequest } from "../../../src/train/view-protocol.ts";
import type { ViewedRun } from "../../../src/train/views/view.ts";
import { openView } from "../../../src/train/views.ts";

/** A layer as it stands in an experiment. */
export interface LayerSettings {
  readonly id: string;
  readonly layer: string;
  readonly [field: string]: unknown;
}

/** A run that has done some steps, for views to look into. */
export interface Looking extends ViewedRun {
  readonly trainer: Trainer;
  /** Opens a view, looks once and closes it. */
  look<K extends ViewKind>(request: ViewRequest<K>): Promise<ViewPayload<K>>;
}

export async function withRun<T>(
  gpu: Gpu,
  experiment: Experiment,
  use: (looking: Looking) => Promise<T>,
  { dataset, steps = 3 }: { readonly dataset?: Dataset; readonly steps?: number } = {},
): Promise<T> {
  const data = dataset ?? (await loadDataset(experiment));
  const backend = gpuBackend(gpu);
  const trainer = await Trainer.create(backend, experiment, data);
  const run = { backend, experiment, dataset: data, trainer };
  try {
    await trainer.advance(steps);
    return await use({ ...run, look: (request) => lookOnce(run, request) });
  } finally {
    trainer.destroy();
  }
}

async function lookOnce<K extends ViewKind>(run: ViewedRun, request: ViewRequest<K>): Promise<ViewPayload<K>> {
  const view = await openView(run, request);
  try {
    return await view.look();
  } finally {
    view.destroy();
  }
}

/** A column's values of the validation samples at these places, one behind the other. */
export function validationValues({ dataset }: ViewedRun, name: string, places: readonly number[]): number[] {
  const column = [...dataset.inputs, dataset.target].find((candidate) => candidate.name === name);
  return [...columnValues(column as Column, dataset.validation, places)];
}

/** The model on some validation samples, with the run's weights, in the interpreter. */
export class Reference {
  readonly model: Model;
  readonly #feed = new Map<string, ArrayLike<number>>();

  private constructor(run: Looking, inputs: ReadonlyMap<string, ArrayLike<number>>, batch: number) {
    const { dataset, experiment } = run;
    for (const [name, values] of inputs) this.#feed.set(`given ${name}`, values);
    this.model = buildModel(experiment.model, {
      columns: new Map(
        dataset.inputs.map(({ name, shape, dtype }) => [name, variable(`given ${name}`, [batch, ...shape], dtype)]),
      ),
      data: factsOf(dataset),
      training: false,
      random: { seed: variable("seed", [], "u32"), step: variable("step", [], "u32") },
    });
  }

  /** On values of the first input column, or on the samples at these places. */
  static async of(run: Looking, subject: Float32Array | Int32Array | readonly number[]): Promise<Reference> {
    const { inputs, validation } = run.dataset;
    const isGiven = subject instanceof Float32Array || subject instanceof Int32Array;
    const places = isGiven ? [0] : subject;
    const values = new Map<string, ArrayLike<number>>(
      inputs.map((column) => [column.name, columnValues(column, validation, places)]),
    );
    if (isGiven) values.set(inputs[0]?.name as string, subject);
    const reference = new Reference(run, values, places.length);
    for (const [name, weight] of await run.trainer.weights()) reference.#feed.set(name, weight.values);
    return reference;
  }

  /** Values of tensors of the model, in float64. */
  values(...tensors: readonly Tensor[]): number[][] {
    const variables = callsOf(tensors).flatMap(({ op, outputs }) => (op.name === "variable" ? outputs : []));
    const feed = new Map(
      variables.map((tensor) => {
        const values = this.#feed.get(nameOfVariable(tensor)) ?? [0];
        return [tensor, new NdArray(tensor.shape, Float64Array.from(values), tensor.dtype)];
      }),
    );
    return interpret(tensors, feed).map(({ data }) => [...data]);
  }

  /** What a node gives. */
  node(id: string): number[] {
    return this.values(this.model.nodes.get(id) as Tensor)[0] as number[];
  }

  /** What the model gives, in rows of so many numbers. */
  rows(size: number): number[][] {
    return inRows(this.values(this.model.output)[0] as number[], size);
  }
}

export function inRows(values: ArrayLike<number>, size: number): number[][] {
  return Array.from({ length: values.length / size }, (_, k) => Array.from(values).slice(k * size, (k + 1) * size));
}

export function softmaxOf(logits: readonly number[]): number[] {
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** The largest distance between numbers that should be the same; Infinity where there are not as many. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Array.from(a).reduce((most, value, k) => Math.max(most, Math.abs(value - (b[k] as number))), 0);
}

/** Float32 on the GPU against float64. */
export const NEAR = 1e-4;
