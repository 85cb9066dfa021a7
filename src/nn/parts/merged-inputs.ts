import type { Shape, Tensor } from "../../graph/tensor.ts";
import type { Text } from "../../schema/text.ts";
import type { LayerContext } from "../layer.ts";
import { requireNumbers } from "./require-numbers.ts";
import { sampleShape } from "./sample-shape.ts";

/** Layers that merge take any number of inputs from two on. */
export const TWO_OR_MORE = { min: 2, max: Number.POSITIVE_INFINITY } as const;

/**
 * Refuses inputs that cannot be merged element by element: labels or tokens, and sample shapes that differ, but for
 * sizes of 1, which are repeated.
 */
export function requireFit(inputs: readonly Tensor[], context: LayerContext): void {
  requireNumbersOfEach(inputs, context);
  for (const [k, x] of inputs.entries()) {
    const j = inputs.slice(0, k).findIndex((other) => !fits(x.shape, other.shape));
    if (j < 0) continue;
    const [first, second] = [describeInput(inputs, j), describeInput(inputs, k)];
    const cure = cureOf((inputs[j] as Tensor).shape, x.shape, k);
    context.refuse({
      en: `${first.en}, but ${second.en}; ${cure.en}`,
      zh: `${first.zh}，而${second.zh}；${cure.zh}`,
    });
  }
}

/** Refuses labels and tokens among inputs that are merged, and says which input it is. */
export function requireNumbersOfEach(inputs: readonly Tensor[], context: LayerContext): void {
  for (const [k, x] of inputs.entries()) requireNumbers(x, context, nameOf(inputs, k));
}

/** An input with its shape, as errors name it: `input 2, from "conv_2", is 14×14×64`. */
export function describeInput(inputs: readonly Tensor[], k: number): Text {
  const shape = sampleShape(inputs[k] as Tensor);
  const name = nameOf(inputs, k);
  return { en: `${name.en} is ${shape}`, zh: `${name.zh}的形状是 ${shape}` };
}

/** Made to be followed by a word, from which Chinese sets a number apart. */
function nameOf(inputs: readonly Tensor[], k: number): Text {
  const { node } = (inputs[k] as Tensor).call;
  return node === undefined
    ? { en: `input ${k + 1}`, zh: `输入 ${k + 1} ` }
    : { en: `input ${k + 1}, from "${node}",`, zh: `输入 ${k + 1}（来自“${node}”）` };
}

function fits(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis] || size === 1 || b[axis] === 1);
}

/** What to change so that input k, of shape b, fits one of shape a; both with the batch. */
function cureOf(a: Shape, b: Shape, k: number): Text {
  if (a.length !== b.length) {
    return {
      en: "give all as many axes, with Flatten, Reshape or a global pooling before one of them",
      zh: "请让它们的轴数相同：在其中一个之前加 Flatten、Reshape 或全局池化层",
    };
  }
  const last = a.length - 1;
  if (fits(a.slice(0, last), b.slice(0, last))) {
    const [layer, width] = a.length === 4 ? ["Conv2D", "filters"] : ["Dense", "units"];
    const [en, zh] = a.length === 4 ? [" and kernel size 1", "、卷积核大小为 1"] : ["", ""];
    const what = { filters: "卷积核数", units: "单元数" }[width as "filters" | "units"];
    return {
      en: `make the channels equal: put a ${layer} with ${a[last]} ${width}${en} before input ${k + 1}`,
      zh: `请使通道数相等：在输入 ${k + 1} 之前加一个${what}为 ${a[last]}${zh}的 ${layer} 层`,
    };
  }
  return {
    en: 'make the sizes equal: the same strides and padding "same" on the way to each, or pooling or upsampling before one',
    zh: "请使尺寸相等：各条路径使用相同的步幅和 “same” 填充，或在其中一个之前加池化或上采样层",
  };
}
