import { DescentError } from "../errors.ts";
import { withNode } from "../graph/op.ts";
import { variable } from "../graph/ops/variable.ts";
import type { RandomKey } from "../graph/random.ts";
import type { Tensor } from "../graph/tensor.ts";
import { callsOf } from "../graph/traverse.ts";
import type { ConfigOf, Fields } from "../schema/field.ts";
import type { Text } from "../schema/text.ts";
import type { ModelSpec, NodeSpec } from "./experiment.ts";
import { hash, type Initializer } from "./initializer.ts";
import type { DataFacts, Layer, LayerContext } from "./layer.ts";
import { layers } from "./layers.ts";
import { ModelError, type Repair } from "./model-error.ts";
import { inOrder } from "./model-order.ts";
import { requireParameterSize } from "./require-parameter-size.ts";

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
    throw new DescentError("graph", {
      en: "the model has no layer; add an Input and layers behind it",
      zh: "网络中没有层；请添加 Input 以及其后的层",
    });
  }
  return { ...rest, output, outputNode };
}

/** Builds what can be built; for screens, which show every node's shape and every node's problem. */
export function draftModel(spec: ModelSpec, setting: ModelSetting): ModelDraft {
  const nodes = new Map<string, Tensor>();
  const parts: Parts[] = [];
  const { order, sources, problems, outputNode } = inOrder(spec);
  for (const node of order) {
    const inputs = (sources.get(node.id) ?? []).map((id) => nodes.get(id));
    // What is wrong before a node is said there alone.
    if (inputs.some((input) => input === undefined)) continue;
    // Apart at first: of a node that cannot be built, no parameter stays.
    const own: Parts = { parameters: [], statistics: new Map(), live: new Map() };
    try {
      nodes.set(node.id, buildNode(node, inputs as Tensor[], setting, own));
      parts.push(own);
    } catch (error) {
      if (!(error instanceof DescentError)) throw error;
      if (!problems.has(node.id)) problems.set(node.id, error);
    }
  }
  return {
    output: outputNode === undefined ? undefined : nodes.get(outputNode),
    outputNode,
    nodes,
    parameters: parts.flatMap(({ parameters }) => parameters),
    statistics: parts.flatMap(({ statistics }) => [...statistics.values()]),
    live: parts.flatMap(({ live }) => [...live.values()]),
    problems,
  };
}

/** What a node has beside its output. */
interface Parts {
  readonly parameters: Parameter[];
  readonly statistics: Map<string, ModelStatistic>;
  readonly live: Map<string, LiveNumber>;
}

const layersByKind = new Map(layers.map((layer) => [layer.kind, layer]));

function buildNode(node: NodeSpec, inputs: readonly Tensor[], setting: ModelSetting, parts: Parts): Tensor {
  const layer = layersByKind.get(node.layer) as Layer;
  const refuse = (text: Text, ...repairs: readonly Repair[]): never => {
    // An insertion cannot say which of several inputs it is for.
    const doable = inputs.length > 1 ? repairs.filter(({ kind }) => kind !== "insert") : repairs;
    throw new ModelError("shape", text, { layer: node.layer, node: node.id }, doable);
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
    training: setting.training,
    frozen: node.frozen,
    data: setting.data,
    parameter(short, shape, initial) {
      const name = `${node.id}.${short}`;
      requireParameterSize(name, shape, refuse);
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
    tokensOf: (input) => {
      const made = new Set(callsOf([input]));
      const counts = [...tokens].flatMap(([tensor, count]) => (made.has(tensor.call) ? [count ?? 0] : []));
      return counts.length === 0 ? undefined : Math.max(...counts) || undefined;
    },
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
  if (count === 0) refuse({ en: "it has no input; connect a layer to it", zh: "它没有输入；请把一个层连接到它" });
  const takes = takenInputs(min, max);
  if (count < min) {
    refuse({
      en: `it has ${count === 1 ? "1 input" : `${count} inputs`} and takes ${takes.en}; connect another layer to it`,
      zh: `它只有 ${count} 个输入，而需要${takes.zh}；请把另一个层也连接到它`,
    });
  }
  refuse({
    en: `it has ${count} inputs and takes ${takes.en}; remove edges, or join them before with Add or Concatenate`,
    zh: `它有 ${count} 个输入，而只接受${takes.zh}；请删除多余的连线，或先用 Add 或 Concatenate 合并`,
  });
}

function takenInputs(min: number, max: number): Text {
  if (max === Number.POSITIVE_INFINITY) return { en: `at least ${min}`, zh: `至少 ${min} 个` };
  if (max === min) return { en: `${min}`, zh: ` ${min} 个` };
  return { en: `${min} to ${max}`, zh: ` ${min} 到 ${max} 个` };
}
