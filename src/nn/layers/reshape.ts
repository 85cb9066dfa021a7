import { reshape } from "../../graph/ops/reshape.ts";
import { type Shape, sizeOf } from "../../graph/tensor.ts";
import { list } from "../../schema/field.ts";
import type { Text } from "../../schema/text.ts";
import { defineLayer } from "../layer.ts";
import { sampleShape } from "../parts/sample-shape.ts";

/** (B, …) gives (B, ...shape). */
export const reshapeLayer = defineLayer({
  kind: "Reshape",
  family: "shape",
  help: {
    en: "Gives the values of a sample another shape, in the same order.",
    zh: "按原顺序把样本的值排成另一种形状。",
  },
  fields: {
    shape: list({
      label: { en: "Shape", zh: "形状" },
      help: {
        en: "The sizes of a sample, without the batch; one of them may be -1 and is then found.",
        zh: "一个样本的各维大小，不含批；其中一个可以写 -1，由程序算出。",
      },
      min: -1,
      max: 1e9,
      maxLength: 6,
      default: [-1],
    }),
  },
  build: ({ shape }, [x], context) => {
    const size = sizeOf(x.shape.slice(1));
    const found = resolved(shape, size);
    if (found !== undefined) return reshape(x, [x.shape[0] as number, ...found]);
    const problem = problemOf(shape, size);
    const cure = nearest(shape, size);
    const input = sampleShape(x);
    return context.refuse(
      {
        en: `the input ${input} does not reshape: ${problem.en}; use ${listed(cure)} or other sizes that multiply to the same`,
        zh: `输入 ${input} 不能改成这个形状：${problem.zh}；请改为 ${listed(cure)}，或其他乘积相同的各维大小`,
      },
      { kind: "set", field: "shape", value: cure },
    );
  },
});

/** The shape with its -1 found; undefined where it does not hold as many values. */
function resolved(shape: Shape, size: number): Shape | undefined {
  if (shape.includes(0) || shape.filter((part) => part === -1).length > 1) return undefined;
  const rest = size / knownSize(shape);
  const found = shape.map((part) => (part === -1 ? rest : part));
  return Number.isInteger(rest) && sizeOf(found) === size ? found : undefined;
}

function problemOf(shape: Shape, size: number): Text {
  const target = listed(shape);
  if (shape.includes(0)) return { en: `${target} has a size of 0`, zh: `${target} 中有一维大小为 0` };
  if (shape.filter((part) => part === -1).length > 1) {
    return { en: `${target} has more than one -1`, zh: `${target} 中的 -1 多于一个` };
  }
  const known = knownSize(shape);
  return shape.includes(-1)
    ? {
        en: `${size} values do not divide by the ${known} of ${target}`,
        zh: `${size} 个值不能被 ${target} 中的 ${known} 整除`,
      }
    : { en: `${target} holds ${known} values, not ${size}`, zh: `${target} 要有 ${known} 个值，而不是 ${size} 个` };
}

/** A shape that fits and differs in one size, the first that can be found from the others; else a single row. */
function nearest(shape: Shape, size: number): Shape {
  const known = shape.map((part) => (part < 1 ? 1 : part));
  const places = shape.includes(-1) ? [shape.indexOf(-1), ...shape.keys()] : [...shape.keys()];
  const candidates = places.map((place) => known.map((part, k) => (k === place ? -1 : part)));
  const fitting = candidates.find((candidate) => resolved(candidate, size) !== undefined) ?? [-1];
  return shape.includes(-1) ? fitting : (resolved(fitting, size) as Shape);
}

function knownSize(shape: Shape): number {
  return sizeOf(shape.filter((part) => part !== -1));
}

/** As the field has it. */
function listed(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}
