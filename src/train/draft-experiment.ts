import type { Dataset } from "../data/dataset.ts";
import { dataSources } from "../data/sources.ts";
import { DescentError } from "../errors.ts";
import { variable } from "../graph/ops/variable.ts";
import { describeModel } from "../nn/describe-model.ts";
import type { Experiment } from "../nn/experiment.ts";
import { draftModel } from "../nn/model.ts";
import { ofKind } from "../nn/of-kind.ts";
import { factsOf } from "./evaluated.ts";
import { problemOf } from "./problem.ts";
import type { Draft, Problem } from "./protocol.ts";
import { describeDataset } from "./sample-values.ts";
import { trainingStep } from "./training-step.ts";

/** Describes as much of an experiment as can be built on its data, with every node's problem; compiles nothing. */
export function draftExperiment(experiment: Experiment, dataset: Dataset): Draft {
  const { batchSize } = experiment;
  const model = draftModel(experiment.model, {
    columns: new Map(
      dataset.inputs.map(({ name, shape, dtype }) => [name, variable(`column ${name}`, [batchSize, ...shape], dtype)]),
    ),
    data: factsOf(dataset),
    training: true,
    random: { seed: variable("seed", [], "u32"), step: variable("step", [], "u32") },
  });
  const nodes = describeModel(model);
  const problems = new Map([...model.problems].map(([node, problem]) => [node, problemOf(problem)]));
  // Loss, metrics and optimizer are looked at once the model itself can be built.
  const rest = problems.size > 0 ? undefined : problemOfStep(experiment, dataset);
  const isOfNode = rest?.node !== undefined && nodes.has(rest.node);
  if (rest?.node !== undefined && isOfNode) problems.set(rest.node, rest);
  const all = [...nodes.values()];
  return {
    nodes,
    problems,
    problem: isOfNode ? undefined : rest,
    outputNode: model.outputNode,
    data: describeDataset(dataset, ofKind(dataSources, experiment.data.kind).task),
    parameters: all.reduce((sum, { parameters }) => sum + parameters, 0),
    flops: all.reduce((sum, { flops }) => sum + flops, 0),
  };
}

function problemOfStep(experiment: Experiment, dataset: Dataset): Problem | undefined {
  try {
    trainingStep(experiment, dataset);
    return undefined;
  } catch (error) {
    if (error instanceof DescentError) return problemOf(error);
    throw error;
  }
}
