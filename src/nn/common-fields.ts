import { type Fields, integer, number, optional } from "../schema/field.ts";

/** Fields of every optimizer, beside its own. The learning rate's default is the optimizer's. */
export const optimizerFields = {
  learningRate: number({
    label: { en: "Learning rate", zh: "学习率" },
    help: { en: "How far each step goes; times the schedule's factor.", zh: "每一步走多远；再乘以学习率调度的系数。" },
    min: 0,
    max: 1e12,
    default: 0.001,
    live: true,
    scale: "log",
  }),
  weightDecay: number({
    label: { en: "Weight decay", zh: "权重衰减" },
    help: {
      en: "Pulls kernels and tables towards 0; biases and scales are left alone.",
      zh: "把权重矩阵拉向 0；偏置和缩放参数不受影响。",
    },
    min: 0,
    max: 100,
    default: 0,
    live: true,
    scale: "log",
  }),
  clipValue: optional({
    label: { en: "Clip by value", zh: "按值裁剪" },
    help: { en: "Each element of a gradient is kept within ± this.", zh: "梯度的每个元素都限制在 ± 该值以内。" },
    min: 1e-9,
    max: 1e9,
    default: null,
  }),
  clipNorm: optional({
    label: { en: "Clip by norm", zh: "按范数裁剪" },
    help: {
      en: "All gradients together are scaled down to at most this Euclidean norm.",
      zh: "把全部梯度一起缩小，使其欧几里得范数不超过该值。",
    },
    min: 1e-9,
    max: 1e9,
    default: null,
  }),
  average: optional({
    label: { en: "Average of weights", zh: "权重滑动平均" },
    help: {
      en: "Validates and saves an exponential moving average of the weights with this decay, such as 0.999.",
      zh: "用该衰减率（例如 0.999）对权重做指数滑动平均，并以平均后的权重验证和保存。",
    },
    min: 0,
    max: 0.999999,
    default: null,
  }),
} satisfies Fields;

/** Fields of every schedule, beside its own. */
export const scheduleFields = {
  warmup: integer({
    label: { en: "Warm-up", zh: "预热" },
    help: { en: "Steps in which the rate rises from 0 in a straight line.", zh: "学习率从 0 线性上升所用的步数。" },
    min: 0,
    max: 1e9,
    default: 0,
  }),
} satisfies Fields;
