import { MAX_NODES } from "../../nn/model-limits.ts";
import { newNode } from "../../nn/new-node.ts";
import { type ModelRepair, repaired } from "../../nn/repair-model.ts";
import type { Catalogue, Experiment, LayerDescription, ModelSpec, NodeSpec, Repair } from "../../train/protocol.ts";
import { setMetric, setValue } from "./experiment.ts";
import { tidyGroups, withNodesInGroupOf } from "./groups.ts";

export { MAX_NODES };

// Edits are pure functions from one experiment to the next. One that changes nothing gives back the very same value.

/** The kind of the layer that every network begins with; nothing leads into it. */
export const INPUT_LAYER = "Input";

export function withModel(experiment: Experiment, changes: Partial<ModelSpec>): Experiment {
  return { ...experiment, model: { ...experiment.model, ...changes } };
}

/** How many more nodes there may be. */
export function roomFor({ model }: Experiment): number {
  return MAX_NODES - model.nodes.length;
}

export function nodeOf({ model }: Experiment, id: string): NodeSpec | undefined {
  return model.nodes.find((node) => node.id === id);
}

/** A new network: an Input alone. One that is there already stays, with its column. */
export function emptyModel(experiment: Experiment, layers: readonly LayerDescription[]): Experiment {
  const input = experiment.model.nodes.find(({ layer }) => layer === INPUT_LAYER);
  if (input === undefined) return { ...experiment, model: { nodes: [newInput(layers)], edges: [] } };
  if (experiment.model.nodes.length === 1) return experiment;
  const { at: _, ...rest } = input;
  return { ...experiment, model: { nodes: [rest as NodeSpec], edges: [] } };
}

function newInput(layers: readonly LayerDescription[]): NodeSpec {
  const fields = layers.find(({ kind }) => kind === INPUT_LAYER)?.fields ?? {};
  return newNode({ kind: INPUT_LAYER, fields }, []);
}

/** The experiment with a repair of a node's problem, or of the whole experiment's, done. */
export function repairedExperiment(
  experiment: Experiment,
  node: string,
  repair: Repair,
  catalogue: Pick<Catalogue, "layers" | "metrics">,
): Experiment {
  switch (repair.kind) {
    case "setOptimizer":
      return { ...experiment, optimizer: { ...experiment.optimizer, [repair.field]: repair.value } };
    case "setBatchSize":
      return setValue(experiment, "batchSize", repair.value);
    case "setMetric":
      return setMetric(experiment, repair.metric, repair.isMeasured, catalogue);
    default:
      if (repair.kind === "insert" && roomFor(experiment) < 1) return experiment;
      return repairedModel(experiment, node, repair, catalogue.layers);
  }
}

function repairedModel(
  experiment: Experiment,
  node: string,
  repair: ModelRepair,
  layers: readonly LayerDescription[],
): Experiment {
  const before = new Set(experiment.model.nodes.map(({ id }) => id));
  const model = tidyGroups(repaired(experiment.model, node, repair, layers));
  const inserted = model.nodes.filter(({ id }) => !before.has(id)).map(({ id }) => id);
  return { ...experiment, model: withNodesInGroupOf(model, node, inserted) };
}
