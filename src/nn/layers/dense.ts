import { matmul } from "../../graph/ops/matmul.ts";
import { auto } from "../../schema/field.ts";
import { initializerOf } from "../initializers.ts";
import { defineLayer } from "../layer.ts";
import { kernelFields, withBiasAndActivation } from "../parts/kernel-fields.ts";
import { requireNumbers } from "../parts/require-numbers.ts";

/** (B, …, C) gives (B, …, units): activation(x · kernel + bias), kernel (C, units). */
export const denseLayer = defineLayer({
  kind: "Dense",
  family: "core",
  help: {
    en: "Every output is a weighted sum of all channels, followed by an activation.",
    zh: "每个输出都是全部通道的加权和，再经过激活函数。",
  },
  fields: {
    units: auto({
      label: { en: "Units", zh: "神经元个数" },
      help: { en: "How many outputs it has.", zh: "输出的个数。" },
      auto: {
        en: "What the data asks for: one output for each class, or for each number of the target.",
        zh: "由数据决定：每个类别一个输出，或目标的每个数一个输出。",
      },
      min: 1,
      max: 65536,
      default: 64,
    }),
    ...kernelFields,
  },
  build: ({ units, ...config }, [x], context) => {
    requireNumbers(x, context);
    if (x.shape.length < 2) {
      context.refuse(
        {
          en: "it takes a list of numbers, but the input is a single number a sample; insert a Reshape to 1",
          zh: "需要一组数，但每个样本的输入只是一个数；请插入 Reshape，变为 1",
        },
        { kind: "insert", layer: "Reshape", config: { shape: [1] } },
      );
    }
    const { classes, targetSize } = context.data;
    const outputs = units === "auto" ? (classes ?? targetSize) : units;
    const kernel = context.parameter(
      "kernel",
      [x.shape.at(-1) as number, outputs],
      initializerOf(config.kernelInitializer),
    );
    return withBiasAndActivation(matmul(x, kernel), config, context);
  },
});
