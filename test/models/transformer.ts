import { add } from "../../src/graph/ops/add.ts";
import { attention } from "../../src/graph/ops/attention.ts";
import { embedding } from "../../src/graph/ops/embedding.ts";
import { gelu } from "../../src/graph/ops/gelu.ts";
import { layerNorm } from "../../src/graph/ops/layer-norm.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { reshape } from "../../src/graph/ops/reshape.ts";
import { softmaxCrossEntropy } from "../../src/graph/ops/softmax-cross-entropy.ts";
import { transpose } from "../../src/graph/ops/transpose.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { type Model, type ModelBuilder, trainingStep } from "./model.ts";

const HEADS = 2;

/** A small GPT: token and position embeddings, pre-norm blocks, the next character at every position. */
export function transformer(batchSize = 8, steps = 32, width = 32, layers = 2, vocabulary = 65): Model {
  return trainingStep(batchSize, (builder) => {
    const { parameter, batch } = builder;
    const x = batch("text", [steps], { dtype: "i32", below: vocabulary });
    const y = batch("next", [steps], { dtype: "i32", below: vocabulary });
    const tokens = parameter("tokens", [vocabulary, width], width);
    const positions = parameter("positions", [steps, width], width);
    let h = add(embedding(tokens, x), positions);
    for (let layer = 1; layer <= layers; layer++) h = block(h, `block_${layer}`, builder);
    const logits = matmul(normalized(h, "final", builder), parameter("head", [width, vocabulary], width));
    return softmaxCrossEntropy(logits, y);
  });
}

function block(x: Tensor, name: string, builder: ModelBuilder): Tensor {
  const width = x.shape[2] as number;
  const heads = (part: string) =>
    split(dense(normalized(x, `${name} attention`, builder), `${name} ${part}`, width, builder));
  const mixed = merge(attention(heads("query"), heads("key"), heads("value"), { causal: true }));
  const h = add(x, dense(mixed, `${name} output`, width, builder));
  const inner = gelu(dense(normalized(h, `${name} mlp`, builder), `${name} up`, 4 * width, builder));
  return add(h, dense(inner, `${name} down`, width, builder));
}

const scales = new WeakMap<ModelBuilder, Map<string, readonly [Tensor, Tensor]>>();

function normalized(x: Tensor, name: string, builder: ModelBuilder): Tensor {
  const known = scales.get(builder) ?? new Map<string, readonly [Tensor, Tensor]>();
  scales.set(builder, known);
  const width = x.shape.at(-1) as number;
  let pair = known.get(name);
  pair ??= [builder.parameter(`${name} scale`, [width], 1), builder.parameter(`${name} shift`, [width], width)];
  known.set(name, pair);
  return layerNorm(x, { scale: pair[0], shift: pair[1] });
}

function dense(x: Tensor, name: string, units: number, { parameter }: ModelBuilder): Tensor {
  const width = x.shape.at(-1) as number;
  return add(matmul(x, parameter(`${name} kernel`, [width, units], width)), parameter(`${name} bias`, [units], width));
}

/** (B, T, C) → (B, heads, T, C / heads) */
function split(x: Tensor): Tensor {
  const [batch, steps, width] = x.shape as [number, number, number];
  return transpose(reshape(x, [batch, steps, HEADS, width / HEADS]), [0, 2, 1, 3]);
}

/** (B, heads, T, C / heads) → (B, T, C) */
function merge(x: Tensor): Tensor {
  const [batch, heads, steps, width] = x.shape as [number, number, number, number];
  return reshape(transpose(x, [0, 2, 1, 3]), [batch, steps, heads * width]);
}
