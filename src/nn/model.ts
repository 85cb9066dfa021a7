import { DescentError } from "../errors.ts";
import { withNode } from "../graph/op.ts";
import { variable } from "../graph/ops/variable.ts";
import type { RandomKey } from "../graph/random.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { ConfigOf, Fields } from "../schema/field.ts";
import type { ModelSpec, NodeSpec } from "./experiment.ts";
import { hash, type Initializer } from "./initializer.ts";
import type { DataFacts, Layer, LayerContext } from "./layer.ts";
import { layers } from "./layers.ts";
import { ModelError, type Repair } from "./model-error.ts";
import { inOrder } from "./model-order.ts";

/** What a model is built on. */
export interface ModelSetting {
  /** A batch of each input column, by its name, in the data set's order: (B, …). */
  readonly columns: ReadonlyMap<string, Tensor>;
  readonly data: DataFacts;
  readonly training: boolean;
  /** Where its random numbers come from; each use in the model has a stream of its own. */
  readonly random: Omit<RandomKey, "stream">;
}

/** A trained tensor of the model, a variable named "<node>.<name>". */
export interface Parameter {
  readonly tensor: Tensor;
  readonly name: string;
  readonly node: string;
  readonly initial: Initializer;
  /** Left as it is by training. */
  readonly frozen: boolean;
}

/** A tensor that a layer carries from step to step by itself, such as a running mean. */
export interface ModelStatistic {
  readonly tensor: Tensor;
  readonly name: string;
  readonly node: string;
  readonly initial: number;
  /** Its value after a training step; undefined where it stays. */
  readonly next: Tensor | undefined;
}

/** A number of a layer that may be changed while it runs: a scalar variable named "<node>.<field>". */
export interface LiveNumber {
  readonly tensor: Tensor;
  readonly name: string;
  readonly value: number;
}

/** A model as graph. */
export interface Model {
  /** Of the node that leads nowhere else: (B, …). */
  readonly output: Tensor;
  readonly outputNode: string;
  readonly nodes: ReadonlyMap<string, Tensor>;
  readonly parameters: readonly Parameter[];
  readonly statistics: readonly ModelStatistic[];
  readonly live: readonly LiveNumber[];
}

/** As much of a model as can be built: what is wrong stands beside it, at most one problem a node. */
export interface ModelDraft extends Omit<Model, "output" | "outputNode"> {
  readonly output: Tensor | undefined;
  readonly outputNode: string | undefined;
  readonly problems: ReadonlyMap<string, DescentError>;
}

/** Builds the model; throws the first problem, a `ModelError` or the "shape" error of an op, that names the node. */
export function buildModel(spec: ModelSpec, setting: ModelSetting): Model {
  const { problems, output, outputNode, ...rest } = draftModel(spec, setting);
  for (const problem of problems.values()) throw problem;
  if (output === undefined || outputNode === undefined) {
    throw new DescentError("graph", "the model has no layer; add an Input and layers behind it");
  }
  return { ...rest, output, outputNode };
}

/** Builds what can be built; for screens, which show every node's shape and every node's problem. */
export function draftModel(spec: ModelSpec, setting: ModelSetting): ModelDraft {
  const nodes = new Map<string, Tensor>();
  const parts: Parts = { parameters: [], statistics: new Map(), live: new Map() };
  const { order, sources, problems, outputNode } = inOrder(spec);
  for (const node of order) {
    if (problems.has(node.id)) continue;
    const inputs = (sources.get(node.id) ?? []).map((id) => nodes.get(id));
    // What is wrong before a node is said there alone.
    if (inputs.some((input) => input === undefined)) continue;
    try {
      nodes.set(node.id, buildNode(node, inputs as Tensor[], setting, parts));
    } catch (error) {
      if (!(error instanceof DescentError)) throw error;
      problems.set(node.id, error);
    }
  }
  return {
    output: outputNode === undefined ? undefined : nodes.get(outputNode),
    outputNode,
    nodes,
    parameters: parts.parameters,
    statistics: [...parts.statistics.values()],
    live: [...parts.live.values()],
    problems,
  };
}

interface Parts {
  readonly parameters: Parameter[];
  readonly statistics: Map<string, ModelStatistic>;
  readonly live: Map<string, LiveNumber>;
}

const layersByKind = new Map(layers.map((layer) => [layer.kind, layer]));

function buildNode(node: NodeSpec, inputs: readonly Tensor[], setting: ModelSetting, parts: Parts): Tensor {
  const layer = layersByKind.get(node.layer) as Layer;
  const refuse = (text: { en: string; zh: string }, ...repairs: readonly Repair[]): never => {
    throw new ModelError("shape", text, { layer: node.layer, node: node.id }, repairs);
  };
  if (node.layer === "Input" && inputs.length > 0) {
    refuse({
      en: "it takes a column of the data, and no edge; remove the edges into it",
      zh: "它直接取数据中的列，不接受连线；请删除连到它的连线",
    });
  }
  const given = node.layer === "Input" ? [columnOf(node, setting, refuse)] : inputs;
  requireCount(layer, given.length, refuse);
  return withNode(node.id, () =>
    layer.build(
      node as unknown as ConfigOf<Fields>,
      given as [Tensor, ...Tensor[]],
      contextOf(node, setting, parts, refuse),
    ),
  );
}

function contextOf(node: NodeSpec, setting: ModelSetting, parts: Parts, refuse: LayerContext["refuse"]): LayerContext {
  const tokens = new Map([...setting.columns].map(([name, tensor]) => [tensor, setting.data.tokens.get(name)]));
  return {
    training: setting.training && !node.frozen,
    data: setting.data,
    parameter(short, shape, initial) {
      const name = `${node.id}.${short}`;
      const tensor = variable(name, shape);
      parts.parameters.push({ tensor, name, node: node.id, initial, frozen: node.frozen });
      return tensor;
    },
    statistic(short, shape, initial) {
      const name = `${node.id}.${short}`;
      const tensor = variable(name, shape);
      const statistic = { tensor, name, node: node.id, initial, next: undefined };
      parts.statistics.set(name, statistic);
      return { value: tensor, update: (next) => parts.statistics.set(name, { ...statistic, next }) };
    },
    live(field) {
      const name = `${node.id}.${field}`;
      const known = parts.live.get(name);
      if (known !== undefined) return known.tensor;
      const tensor = variable(name);
      parts.live.set(name, { tensor, name, value: node[field] as number });
      return tensor;
    },
    key: (purpose = "") => ({ ...setting.random, stream: hash(`${node.id} ${purpose}`) }),
    tokensOf: (input) => tokens.get(input),
    refuse,
  };
}

function columnOf(node: NodeSpec, { columns }: ModelSetting, refuse: LayerContext["refuse"]): Tensor {
  const names = [...columns.keys()];
  const wanted = node.column as string;
  const column = columns.get(wanted === "" ? (names[0] as string) : wanted);
  return (
    column ??
    refuse(
      {
        en: `the data has no input column "${wanted}"; it has ${names.join(", ")}`,
        zh: `数据中没有名为“${wanted}”的输入列；现有：${names.join("、")}`,
      },
      { kind: "set", field: "column", value: names[0] },
    )
  );
}

function requireCount({ inputs = { min: 1, max: 1 } }: Layer, count: number, refuse: LayerContext["refuse"]): void {
  const { min, max } = inputs;
  if (count >= min && count <= max) return;
  const range = min === max ? `${min}` : max === Number.POSITIVE_INFINITY ? `${min}+` : `${min}–${max}`;
  if (count < min) {
    refuse({
      en: `it has ${count === 0 ? "no input" : `${count} of ${range} inputs`}; connect ${count === 0 ? "a layer" : "another layer"} to it`,
      zh: `${count === 0 ? "它没有输入" : `它只有 ${count} 个输入（需要 ${range} 个）`}；请把${count === 0 ? "一个层" : "另一个层"}连接到它`,
    });
  }
  refuse({
    en: `it has ${count} inputs and takes ${range}; remove edges, or join them before with Add or Concatenate`,
    zh: `它有 ${count} 个输入，但只接受 ${range} 个；请删除多余的连线，或先用 Add 或 Concatenate 合并`,
  });
}
