import { add } from "../../graph/ops/add.ts";
import { conv2d } from "../../graph/ops/conv2d.ts";
import { relu } from "../../graph/ops/relu.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { auto, choice, integer } from "../../schema/field.ts";
import { initializerOf } from "../initializers.ts";
import { defineLayer } from "../layer.ts";
import { batchNormalization } from "../parts/batch-normalization.ts";
import { withBiasAndActivation } from "../parts/kernel-fields.ts";
import { prefixed } from "../parts/prefixed.ts";
import { requireImages } from "../parts/require-images.ts";

/**
 * y = relu(norm(conv3×3(relu(norm(conv3×3(x))))) + x), the first convolution with the strides; where the shape changes,
 * x goes through norm(conv1×1) with the strides: projection "B" of the source. (B, H, W, C) →
 * (B, ⌈H / strides⌉, ⌈W / strides⌉, filters). Without batch normalization the convolutions have biases.
 * Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition" (2015).
 */
export const residualBlockLayer = defineLayer({
  kind: "ResidualBlock",
  family: "block",
  help: {
    en: "Two 3×3 convolutions whose result is added to the input, so that deep networks stay trainable.",
    zh: "两个 3×3 卷积，其结果与输入相加，使很深的网络也能训练。",
  },
  fields: {
    filters: auto({
      label: { en: "Filters", zh: "卷积核数" },
      help: { en: "Channels of the output.", zh: "输出的通道数。" },
      auto: { en: "The input's channels.", zh: "输入的通道数。" },
      min: 1,
      max: 4096,
      default: "auto",
    }),
    strides: integer({
      label: { en: "Strides", zh: "步幅" },
      help: {
        en: "Pixels from one window to the next: 2 halves height and width.",
        zh: "相邻窗口相隔的像素数：2 使高和宽减半。",
      },
      min: 1,
      max: 8,
      default: 1,
    }),
    norm: choice({
      label: { en: "Normalization", zh: "归一化" },
      help: {
        en: "After each convolution: batch normalization, or none.",
        zh: "每个卷积之后：批归一化，或不做归一化。",
      },
      options: ["batch", "none"],
      words: { batch: { en: "batch", zh: "批归一化" }, none: { en: "none", zh: "无" } },
      default: "batch",
    }),
  },
  build({ filters, strides, norm }, [x], context) {
    requireImages(x, context);
    const channels = x.shape[3] as number;
    const outputs = filters === "auto" ? channels : filters;
    const convolved = (input: Tensor, name: string, size: 1 | 3, stride: number) => {
      const part = prefixed(context, name);
      const kernel = part.parameter(
        "kernel",
        [size, size, input.shape[3] as number, outputs],
        initializerOf("heNormal"),
      );
      // As many pixels on each side, whatever the strides; "same" would put one more at the end.
      const edge = [(size - 1) / 2, (size - 1) / 2] as const;
      const y = conv2d(input, kernel, { strides: stride, padding: [edge, edge] });
      return norm === "batch"
        ? batchNormalization(y, { momentum: 0.1, epsilon: 1e-5 }, part)
        : withBiasAndActivation(y, { useBias: true, activation: "linear" }, part);
    };
    const inner = relu(convolved(x, "first", 3, strides));
    const y = convolved(inner, "second", 3, 1);
    const isSameShape = strides === 1 && outputs === channels;
    return relu(add(y, isSameShape ? x : convolved(x, "projection", 1, strides)));
  },
});
