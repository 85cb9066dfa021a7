import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, sameShape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { add } from "./add.ts";
import { cast } from "./cast.ts";
import { div } from "./div.ts";
import { requireDType } from "./elementwise.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";
import { max } from "./max.ts";
import { maximum } from "./maximum.ts";
import { mul } from "./mul.ts";
import { notEqual } from "./not-equal.ts";
import { oneHot } from "./one-hot.ts";
import { reshape } from "./reshape.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";
import { unsqueeze } from "./unsqueeze.ts";
import { where } from "./where.ts";

export interface CrossEntropyOptions {
  /** ε: the target is 1 - ε for the label plus ε / C for every class. Default 0. */
  readonly smoothing?: number;
  /** Positions with this label have no loss. Default: none. */
  readonly ignored?: number;
}

interface CrossEntropyAttrs {
  readonly smoothing: number;
  readonly ignored: number | null;
}

/**
 * Mean of the cross entropies over the labels that count; 0 where none does. logits: (…, C); labels: (…) i32 or u32.
 * d logits = dy · (softmax - target) / count. See `softmaxCrossEntropyEach`.
 */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor, options: CrossEntropyOptions = {}): Tensor {
  return apply(softmaxCrossEntropyOp, [logits, labels], attrsOf(options));
}

/**
 * -Σ target · log softmax(logits) for each label, in the shape of the labels; 0 for ignored ones. logits: (…, C);
 * labels: (…) i32 or u32. A label outside the classes names none of them: data is checked where it is loaded.
 */
export function softmaxCrossEntropyEach(logits: Tensor, labels: Tensor, options: CrossEntropyOptions = {}): Tensor {
  return apply(softmaxCrossEntropyEachOp, [logits, labels], attrsOf(options));
}

export const softmaxCrossEntropyOp: Op<CrossEntropyAttrs> = {
  name: "softmaxCrossEntropy",
  infer: (inputs, attrs) => {
    check(inputs as [TensorType, TensorType], attrs);
    return { shape: [], dtype: "f32" };
  },
  reference: (inputs, attrs) => {
    const [logits, labels] = inputs as [NdArray, NdArray];
    const counted = labels.data.filter((label) => label !== attrs.ignored).length;
    const total = losses(logits, labels, attrs).data.reduce((a, b) => a + b, 0);
    return new NdArray([], [total / Math.max(counted, 1)]);
  },
  kernel: {
    kind: "composite",
    lower: ({ inputs, attrs }) => {
      const [logits, labels] = inputs as [Tensor, Tensor];
      const each = apply(softmaxCrossEntropyEachOp, [logits, labels], attrs);
      return [div(sum(each), countOfLabels(labels, attrs))];
    },
  },
  gradient: ([dy], { inputs, attrs }) => {
    const [logits, labels] = inputs as [Tensor, Tensor];
    return [gradientOfEach(div(dy as Tensor, countOfLabels(labels, attrs)), logits, labels, attrs), undefined];
  },
  flops: ({ inputs: [logits] }) => 6 * sizeOf((logits as Tensor).shape),
};

export const softmaxCrossEntropyEachOp: Op<CrossEntropyAttrs> = {
  name: "softmaxCrossEntropyEach",
  infer: (inputs, attrs) => {
    const [, labels] = inputs as [TensorType, TensorType];
    check(inputs as [TensorType, TensorType], attrs);
    return { shape: labels.shape, dtype: "f32" };
  },
  reference: (inputs, attrs) => losses(...(inputs as [NdArray, NdArray]), attrs),
  kernel: {
    kind: "composite",
    lower: ({ inputs, attrs }) => {
      const [logits, labels] = inputs as [Tensor, Tensor];
      const { shifted, exponentials } = stableParts(logits);
      const dot = sum(mulTarget(shifted, labels, attrs.smoothing), -1);
      const loss = sub(log(sum(exponentials, -1)), dot);
      return [attrs.ignored === null ? loss : where(notEqual(labels, attrs.ignored), loss, 0)];
    },
  },
  gradient: ([dy], { inputs, attrs }) => {
    const [logits, labels] = inputs as [Tensor, Tensor];
    return [gradientOfEach(unsqueeze(dy as Tensor, -1), logits, labels, attrs), undefined];
  },
  flops: ({ inputs: [logits] }) => 6 * sizeOf((logits as Tensor).shape),
};

function attrsOf({ smoothing = 0, ignored }: CrossEntropyOptions): CrossEntropyAttrs {
  return { smoothing, ignored: ignored ?? null };
}

function check([logits, labels]: [TensorType, TensorType], { smoothing }: CrossEntropyAttrs): void {
  requireDType(logits.dtype, ["f32"]);
  requireDType(labels.dtype, ["i32", "u32"]);
  if (logits.shape.length === 0 || !sameShape(labels.shape, logits.shape.slice(0, -1))) {
    refuse(
      `labels of shape ${formatShape(labels.shape)} do not fit logits of shape ${formatShape(logits.shape)}; the logits have one more axis at the end, the classes`,
    );
  }
  if (!(smoothing >= 0 && smoothing <= 1)) refuse(`label smoothing ${smoothing}; give a number from 0 to 1`);
}

/** The exponentials are those of the forward pass: common subexpressions, computed once. */
function stableParts(logits: Tensor): { shifted: Tensor; exponentials: Tensor } {
  const shifted = sub(logits, max(logits, -1, true));
  return { shifted, exponentials: exp(shifted) };
}

/** target · x, without multiplying infinite logits by 0. */
function mulTarget(x: Tensor, labels: Tensor, smoothing: number): Tensor {
  const classes = x.shape.at(-1) as number;
  const named = where(oneHot(labels, classes, "u32"), x, 0);
  return smoothing === 0 ? named : add(mul(named, 1 - smoothing), mul(x, smoothing / classes));
}

/** dy · (softmax - target), 0 where the label is ignored; dy broadcasts to the logits. */
function gradientOfEach(dy: Tensor, logits: Tensor, labels: Tensor, { smoothing, ignored }: CrossEntropyAttrs): Tensor {
  const classes = logits.shape.at(-1) as number;
  const { exponentials } = stableParts(logits);
  const probabilities = div(exponentials, sum(exponentials, -1, true));
  const target = add(mul(oneHot(labels, classes), 1 - smoothing), smoothing / classes);
  const gradient = mul(sub(probabilities, target), dy);
  return ignored === null ? gradient : where(unsqueeze(notEqual(labels, ignored), -1), gradient, 0);
}

function countOfLabels(labels: Tensor, { ignored }: CrossEntropyAttrs): Tensor | number {
  if (ignored === null) return Math.max(sizeOf(labels.shape), 1);
  return maximum(sum(reshape(cast(notEqual(labels, ignored), "f32"), [sizeOf(labels.shape)])), 1);
}

function losses(logits: NdArray, labels: NdArray, { smoothing, ignored }: CrossEntropyAttrs): NdArray {
  const classes = logits.shape.at(-1) as number;
  return labels.map((label, row) => {
    if (label === ignored) return 0;
    const line = Array.from(logits.data.subarray(row * classes, (row + 1) * classes));
    const largest = Math.max(...line);
    const logTotal = largest + Math.log(line.reduce((total, value) => total + Math.exp(value - largest), 0));
    const ofLabel = line[label];
    let loss = ofLabel === undefined ? (1 - smoothing) * (logTotal - largest) : (1 - smoothing) * (logTotal - ofLabel);
    for (const value of line) if (smoothing > 0) loss += (smoothing / classes) * (logTotal - value);
    return loss;
  }, "f32");
}
