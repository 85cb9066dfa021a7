import { clamp } from "../../graph/ops/clamp.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sub } from "../../graph/ops/sub.ts";
import { number } from "../../schema/field.ts";
import { defineLoss } from "../loss.ts";
import { numbersLike } from "./output-check.ts";

/**
 * Huber's loss (1964) of each error e = y - t: ½ e² up to delta, δ (|e| - ½ δ) beyond, as PyTorch's huber_loss. Both are
 * c (e - ½ c) with e clamped to c. output: (B, …) f32; target: f32 with as many numbers a sample.
 */
export const huber = defineLoss({
  kind: "huber",
  label: { en: "Huber", zh: "Huber 损失" },
  of: "numbers",
  help: {
    en: "Squared error for small errors, absolute for large ones.",
    zh: "误差小时为平方误差，误差大时为绝对误差（Huber 损失）。",
  },
  fields: {
    delta: number({
      label: { en: "Delta", zh: "δ" },
      help: { en: "Where the square ends and the straight line begins.", zh: "由平方转为线性的误差阈值。" },
      min: 1e-6,
      max: 1e6,
      default: 1,
      scale: "log",
    }),
  },
  build: ({ delta }, output, target, context) => {
    const error = sub(output, numbersLike(output, target, context));
    const clamped = clamp(error, -delta, delta);
    return { values: mul(clamped, sub(error, mul(clamped, 0.5))) };
  },
});
