import { concat } from "../../graph/ops/concat.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { integer } from "../../schema/field.ts";
import { defineLayer, type LayerContext } from "../layer.ts";
import { describeInput, requireNumbersOfEach, TWO_OR_MORE } from "../parts/merged-inputs.ts";

export const concatenateLayer = defineLayer({
  kind: "Concatenate",
  family: "merge",
  help: {
    en: "Joins its inputs along an axis, one behind the other; all other sizes must be equal.",
    zh: "沿某个轴把各输入首尾拼接；其余各轴的大小必须相同。",
  },
  fields: {
    axis: integer({
      label: { en: "Axis", zh: "轴" },
      help: {
        en: "Axis of a sample: 0 is its first, -1 its last (the channels).",
        zh: "样本的轴：0 表示第一个轴，-1 表示最后一个轴（通道）。",
      },
      min: -8,
      max: 7,
      default: -1,
    }),
  },
  inputs: TWO_OR_MORE,
  build({ axis }, inputs, context) {
    requireNumbersOfEach(inputs, context);
    const joined = tensorAxis(axis, inputs, context);
    requireEqualOthers(joined, inputs, context);
    return concat(inputs, joined);
  },
});

/** The axis with the batch counted; refuses one that the first input does not have. */
function tensorAxis(axis: number, inputs: readonly [Tensor, ...Tensor[]], { refuse }: LayerContext): number {
  const rank = inputs[0].shape.length - 1;
  const fromFront = axis < 0 ? axis + rank : axis;
  if (fromFront >= 0 && fromFront < rank) return fromFront + 1;
  const first = describeInput(inputs, 0);
  if (rank === 0) {
    return refuse({
      en: `${first.en} and has no axis to join along; put a Reshape to the shape 1 before it`,
      zh: `${first.zh}，没有可以拼接的轴；请在它之前加一个输出形状为 1 的 Reshape 层`,
    });
  }
  return refuse(
    {
      en: `there is no axis ${axis}: ${first.en}; use an axis from ${-rank} to ${rank - 1}`,
      zh: `没有轴 ${axis}：${first.zh}；请使用 ${-rank} 到 ${rank - 1} 之间的轴`,
    },
    { kind: "set", field: "axis", value: -1 },
  );
}

function requireEqualOthers(axis: number, inputs: readonly [Tensor, ...Tensor[]], { refuse }: LayerContext): void {
  const { shape } = inputs[0];
  const odd = inputs.findIndex(
    (x) => x.shape.length !== shape.length || x.shape.some((size, k) => k !== axis && size !== shape[k]),
  );
  if (odd < 0) return;
  const [first, second] = [describeInput(inputs, 0), describeInput(inputs, odd)];
  const fitting = [...shape.keys()].slice(1).filter((other) => canJoin(inputs, other));
  refuse(
    {
      en: `${first.en}, but ${second.en}; along axis ${axis - 1} of a sample they join only where all other sizes are equal: change the layers before them, or the axis`,
      zh: `${first.zh}，而${second.zh}；沿样本的轴 ${axis - 1} 拼接时，其余各轴的大小必须相同：请修改前面的层，或改用别的轴`,
    },
    ...fitting.map((other) => ({ kind: "set", field: "axis", value: other - 1 }) as const),
  );
}

function canJoin([first, ...others]: readonly [Tensor, ...Tensor[]], axis: number): boolean {
  return others.every(
    ({ shape }) =>
      shape.length === first.shape.length && shape.every((size, k) => k === axis || size === first.shape[k]),
  );
}
