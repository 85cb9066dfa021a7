import type { Experiment, LayerDescription, NodeSpec } from "../../train/protocol.ts";
import { differs } from "../change.ts";
import { setDataField, setOptimizer, setOptimizerField } from "../edits/experiment.ts";
import { nodeOf, withModel } from "../edits/model.ts";
import { addNode, removeNodes, renameNode, setField } from "../edits/nodes.ts";
import type { Ground, Move, Obstacle } from "./suggestion.ts";

// What suggestions are made of. Each knows the way back to how the preset has it.

/** Another value in the same field of some nodes. */
export function setFields(ids: readonly string[], field: string, value: unknown): Move {
  const fieldIn = (experiment: Experiment, id: string) => nodeOf(experiment, id)?.[field];
  return {
    isDone: (experiment) => ids.every((id) => !differs(fieldIn(experiment, id), value)),
    obstacle: (experiment) => goneNode(ids.filter((id) => fieldIn(experiment, id) === undefined)),
    apply: (experiment) => ids.reduce((next, id) => setField(next, id, field, value), experiment),
    revert: (experiment, { preset }) =>
      ids.reduce((next, id) => setField(next, id, field, fieldIn(preset, id)), experiment),
  };
}

/** A new node behind another, under an id of its own, so that it is found again. */
export function insert(id: string, layer: string, after: string, config: Readonly<Record<string, unknown>> = {}): Move {
  return {
    isDone: (experiment) => nodeOf(experiment, id)?.layer === layer,
    obstacle: (experiment) => goneNode(nodeOf(experiment, after) === undefined ? [after] : []),
    apply: (experiment, { catalogue }) => {
      const added = addNode(experiment, layerOf(catalogue.layers, layer), { after, config });
      return renameNode(added.experiment, added.id, id);
    },
    revert: (experiment) => removeNodes(experiment, [id]),
  };
}

/** Without a node of the preset. On the way back it stands where it stood, behind `after`. */
export function remove(id: string, after: string): Move {
  return {
    isDone: (experiment) => nodeOf(experiment, id) === undefined,
    obstacle: () => undefined,
    apply: (experiment) => removeNodes(experiment, [id]),
    revert: (experiment, { catalogue, preset }) => {
      const { id: _, layer, frozen: _frozen, ...config } = nodeOf(preset, id) as NodeSpec;
      const added = addNode(experiment, layerOf(catalogue.layers, layer), { after, config });
      return renameNode(added.experiment, added.id, id);
    },
  };
}

/** Another layer in the place of some nodes; what both layers have a field for stays as it is. */
export function swap(ids: readonly string[], layer: string): Move {
  const isKind = (experiment: Experiment, id: string, kind: string) => nodeOf(experiment, id)?.layer === kind;
  const replace =
    (kindOf: (id: string) => string) =>
    (experiment: Experiment, { catalogue }: Ground) =>
      ids.reduce((next, id) => withLayer(next, id, layerOf(catalogue.layers, kindOf(id))), experiment);
  return {
    isDone: (experiment) => ids.every((id) => isKind(experiment, id, layer)),
    obstacle: (experiment) => goneNode(ids.filter((id) => nodeOf(experiment, id) === undefined)),
    apply: replace(() => layer),
    revert: (experiment, ground) => replace((id) => nodeOf(ground.preset, id)?.layer as string)(experiment, ground),
  };
}

/** Another value of a field of the data. */
export function setOfData(field: string, value: unknown): Move {
  const set = (experiment: Experiment, to: unknown, { catalogue, outputNode }: Ground) =>
    setDataField(experiment, field, to, catalogue, outputNode);
  return {
    isDone: (experiment) => experiment.data[field] === value,
    obstacle: ({ data }, { preset }) => (data.kind === preset.data.kind ? undefined : { kind: "data" }),
    apply: (experiment, ground) => set(experiment, value, ground),
    revert: (experiment, ground) => set(experiment, ground.preset.data[field], ground),
  };
}

/** Another optimizer with a learning rate that suits it. */
export function optimizeWith(kind: string, learningRate: number): Move {
  return {
    isDone: ({ optimizer }) => optimizer.kind === kind,
    obstacle: () => undefined,
    apply: (experiment, { catalogue }) => {
      const next = catalogue.optimizers.find((optimizer) => optimizer.kind === kind);
      return next
        ? setOptimizerField(setOptimizer(experiment, next, catalogue), "learningRate", learningRate)
        : experiment;
    },
    revert: (experiment, { preset }) => ({ ...experiment, optimizer: preset.optimizer }),
  };
}

/** Several changes as one. */
export function together(...moves: readonly Move[]): Move {
  return {
    isDone: (experiment, ground) => moves.every((move) => move.isDone(experiment, ground)),
    obstacle: (experiment, ground) => {
      const open = moves.filter((move) => !move.isDone(experiment, ground));
      return open.map((move) => move.obstacle(experiment, ground)).find((obstacle) => obstacle !== undefined);
    },
    apply: (experiment, ground) =>
      moves.reduce((next, move) => (move.isDone(next, ground) ? next : move.apply(next, ground)), experiment),
    revert: (experiment, ground) =>
      moves.reduceRight((next, move) => (move.isDone(next, ground) ? move.revert(next, ground) : next), experiment),
  };
}

function goneNode([id]: readonly string[]): Obstacle | undefined {
  return id === undefined ? undefined : { kind: "node", id };
}

function layerOf(layers: readonly LayerDescription[], kind: string): LayerDescription {
  const layer = layers.find((one) => one.kind === kind);
  if (layer === undefined) throw new Error(`a suggestion names the layer ${kind}, which there is not`);
  return layer;
}

function withLayer(experiment: Experiment, id: string, layer: LayerDescription): Experiment {
  const nodes = experiment.model.nodes.map((node): NodeSpec => {
    if (node.id !== id || node.layer === layer.kind) return node;
    const fields = Object.entries(layer.fields).map(([name, field]) => [name, node[name] ?? field.default]);
    return {
      id,
      layer: layer.kind,
      frozen: node.frozen,
      ...(node.at && { at: node.at }),
      ...Object.fromEntries(fields),
    };
  });
  return withModel(experiment, { nodes });
}
