import { embedding } from "../../graph/ops/embedding.ts";
import { auto, integer } from "../../schema/field.ts";
import { uniformWithin } from "../initializers.ts";
import { defineLayer } from "../layer.ts";
import { sampleShape } from "../parts/sample-shape.ts";

/** A row of "table" (V, F) for each token: (B, …) of integers → (B, …, F). */
export const embeddingLayer = defineLayer({
  kind: "Embedding",
  family: "core",
  help: { en: "Gives each token a vector of its own, which is learnt.", zh: "为每个词元分配一个可学习的向量。" },
  fields: {
    vocabulary: auto({
      label: { en: "Vocabulary", zh: "词表大小" },
      help: { en: "How many different tokens there are.", zh: "不同词元的个数。" },
      auto: { en: "The tokens that the data has.", zh: "数据中词元的个数。" },
      min: 1,
      max: 1_000_000,
      default: "auto",
    }),
    features: integer({
      label: { en: "Features", zh: "特征数" },
      help: { en: "Numbers in the vector of a token.", zh: "每个词元的向量中数值的个数。" },
      min: 1,
      max: 8192,
      default: 64,
    }),
  },
  build({ vocabulary, features }, [ids], context) {
    const shape = sampleShape(ids);
    if (ids.dtype === "f32") {
      context.refuse(
        {
          en: `it takes tokens, but the input (${shape}) holds numbers; connect it to a column of tokens, or remove it`,
          zh: `该层需要词元，但输入（${shape}）是数值；请把它连接到词元列，或删除该层`,
        },
        { kind: "remove" },
      );
    }
    const tokens = context.tokensOf(ids);
    if (vocabulary !== "auto" && tokens !== undefined && vocabulary < tokens) {
      context.refuse(
        {
          en: `it has a vocabulary of ${vocabulary}, but the data has ${tokens} tokens; set vocabulary to auto`,
          zh: `词表大小 ${vocabulary} 不足以容纳数据中的 ${tokens} 个词元；请把词表大小设为 auto`,
        },
        { kind: "set", field: "vocabulary", value: "auto" },
      );
    }
    const rows = vocabulary === "auto" ? tokens : vocabulary;
    if (rows === undefined) {
      return context.refuse({
        en: `it cannot tell its vocabulary, because the input (${shape}) does not come straight from a column of tokens; set vocabulary to a number`,
        zh: `输入（${shape}）不是直接来自词元列，无法得知词表大小；请把词表大小设为一个具体的数`,
      });
    }
    // ±0.05, as Keras has it: small against what the layers behind it start with.
    return embedding(context.parameter("table", [rows, features], uniformWithin(0.05)), ids);
  },
});
