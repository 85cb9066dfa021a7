import type { Samples } from "../../data/dataset.ts";
import { gradient } from "../../graph/gradient.ts";
import { cast } from "../../graph/ops/cast.ts";
import { div } from "../../graph/ops/div.ts";
import { hardSigmoidOp } from "../../graph/ops/hard-sigmoid.ts";
import { max } from "../../graph/ops/max.ts";
import { maximum } from "../../graph/ops/maximum.ts";
import { mean } from "../../graph/ops/mean.ts";
import { notEqual } from "../../graph/ops/not-equal.ts";
import { reluOp } from "../../graph/ops/relu.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { sub } from "../../graph/ops/sub.ts";
import { variable } from "../../graph/ops/variable.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { baseOf } from "../../graph/views.ts";
import { evaluateOn } from "../evaluated.ts";
import { columnValues } from "../sample-values.ts";
import type { LayerHistograms } from "../view-protocol.ts";
import { histogramOf, sampled } from "./histogram.ts";
import type { ViewedRun, ViewOpener } from "./view.ts";
import { floats, ViewPlan } from "./view-plan.ts";
import { columnsOf, modelOn } from "./viewed-model.ts";

/** Samples of a batch that is looked at, at most. */
const MAX_BATCH = 64;

/** What is read of a layer. */
interface Read {
  readonly node: string;
  readonly what: "weights" | "activations" | "gradients" | "dead";
  readonly tensor: Tensor;
}

/** How weights, activations and gradients of every layer are spread, and how many of its units are dead. */
export const openHistograms: ViewOpener<"histograms"> = async (run) => {
  const evaluated = await openReads(run, run.dataset.validation, forwardReads);
  const learned = await openReads(run, run.dataset.training, gradientReads).catch((error: unknown) => {
    evaluated.destroy();
    throw error;
  });
  const nodes = run.experiment.model.nodes.filter(({ layer }) => layer !== "Input").map(({ id }) => id);
  return {
    async look() {
      const parts = [evaluated.look(), learned.look()];
      const found = (await Promise.all(parts)).flat();
      return { kind: "histograms", layers: nodes.map((node) => describe(node, found)) };
    },
    destroy() {
      evaluated.destroy();
      learned.destroy();
    },
  };
};

interface Found extends Read {
  readonly values: Float32Array<ArrayBuffer>;
}

/** A plan that reads so much of a model on the first samples of a part of the data. */
async function openReads(
  run: ViewedRun,
  samples: Samples,
  readsOf: (run: ViewedRun, columns: ReadonlyMap<string, Tensor>) => Read[],
): Promise<{ look(): Promise<Found[]>; destroy(): void }> {
  const { dataset, experiment } = run;
  const batch = Math.min(samples.count, experiment.batchSize, MAX_BATCH);
  const columns = columnsOf(dataset, batch);
  const reads = readsOf(run, columns);
  const outputs = reads.map(({ tensor }) => tensor);
  const plan = await ViewPlan.create(run, { outputs });
  const places = [...new Array(batch).keys()];
  plan.write(
    [...dataset.inputs, dataset.target].map((column) => [
      columns.get(column.name) as Tensor,
      columnValues(column, samples, places),
    ]),
  );
  return {
    async look() {
      const values = await plan.look(outputs);
      return reads.map((read, k) => ({ ...read, values: floats(values[k] as (typeof values)[number]) }));
    },
    destroy: () => plan.destroy(),
  };
}

/** Weights, and activations of the model as it is evaluated. */
function forwardReads(run: ViewedRun, columns: ReadonlyMap<string, Tensor>): Read[] {
  const model = modelOn(run, columns);
  const weights = model.parameters.map(
    ({ node, tensor }): Read => ({ node, what: "weights", tensor: sampled(tensor) }),
  );
  const activations = [...model.nodes].flatMap(([node, tensor]): Read[] => {
    if (tensor.dtype !== "f32" || tensor.call.op.name === "variable") return [];
    const read: Read = { node, what: "activations", tensor: sampled(tensor) };
    return canDie(tensor, node) ? [read, { node, what: "dead", tensor: deadShare(tensor) }] : [read];
  });
  return [...weights, ...activations];
}

/** Gradients as a training step has them. */
function gradientReads({ experiment, dataset }: ViewedRun, columns: ReadonlyMap<string, Tensor>): Read[] {
  const random = { seed: variable("seed", [], "u32"), step: variable("step", [], "u32") };
  const { model, lossSum, lossCount } = evaluateOn(experiment, dataset, columns, { training: true, random });
  const trained = model.parameters.filter(({ frozen }) => !frozen);
  const gradients = gradient(
    div(lossSum, maximum(lossCount, 1)),
    trained.map(({ tensor }) => tensor),
  );
  return trained.map(({ node }, k) => ({ node, what: "gradients", tensor: sampled(gradients[k] as Tensor) }));
}

/** Whether the node itself ends with a function that gives 0 for all that is small enough. */
function canDie(tensor: Tensor, node: string): boolean {
  const { call } = baseOf(tensor);
  return call.node === node && (call.op.name === reluOp.name || call.op.name === hardSigmoidOp.name);
}

/** The share of units (…, C) that are 0 for every sample, and at every place of it. */
function deadShare(activation: Tensor): Tensor {
  const rows = reshape(activation, [-1, activation.shape.at(-1) as number]);
  return sub(1, mean(cast(max(notEqual(rows, 0), 0), "f32")));
}

function describe(node: string, found: readonly Found[]): LayerHistograms {
  const of = (what: Read["what"]) =>
    found.filter((read) => read.node === node && read.what === what).map(({ values }) => values);
  const entries = (["weights", "activations", "gradients"] as const).flatMap((what) => {
    const histogram = histogramOf(of(what));
    return histogram === undefined ? [] : [[what, histogram] as const];
  });
  const [dead] = of("dead");
  return { node, ...Object.fromEntries(entries), ...(dead === undefined ? {} : { dead: dead[0] as number }) };
}
