import { transpose } from "../../graph/ops/transpose.ts";
import { list } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import type { Repair } from "../model-error.ts";
import { sampleShape } from "../parts/sample-shape.ts";

/** Axis k of a sample of the output is axis order[k] of the input's, counted from 1 as in Keras. */
export const permuteLayer = defineLayer({
  kind: "Permute",
  family: "shape",
  help: { en: "Puts the axes of a sample into another order.", zh: "调换样本各轴的顺序。" },
  fields: {
    order: list({
      label: { en: "Order", zh: "顺序" },
      help: {
        en: "The axes of the input in their new order, counted from 1 without the batch: 2, 1 swaps two.",
        zh: "输入各轴的新顺序，从 1 数起，不含批：2, 1 表示两轴对调。",
      },
      min: 1,
      max: 8,
      maxLength: 8,
      default: [2, 1],
    }),
  },
  build: ({ order }, [x], context) => {
    const rank = x.shape.length - 1;
    const axes = Array.from({ length: rank }, (_, k) => k + 1);
    if (order.length === rank && axes.every((axis) => order.includes(axis))) return transpose(x, [0, ...order]);
    const shape = sampleShape(x);
    const cure = completed(order, axes);
    const repair: Repair = rank < 2 ? { kind: "remove" } : { kind: "set", field: "order", value: cure };
    const text =
      rank < 2
        ? { en: "there is nothing to swap: remove the layer", zh: "没有可调换的轴，请移除该层" }
        : { en: `name each of them once, such as ${cure.join(", ")}`, zh: `请把每个轴写一次，例如 ${cure.join(", ")}` };
    const given =
      order.length === 0
        ? { en: "an empty order", zh: "空的顺序" }
        : { en: `the order ${order.join(", ")}`, zh: `顺序 ${order.join(", ")} ` };
    return context.refuse(
      {
        en: `${given.en} does not fit the ${rank} ${rank === 1 ? "axis" : "axes"} of the input ${shape}; ${text.en}`,
        zh: `${given.zh}与输入 ${shape} 的 ${rank} 个轴不符；${text.zh}`,
      },
      repair,
    );
  },
});

/** The axes that the order names, each once, then the others. */
function completed(order: readonly number[], axes: readonly number[]): readonly number[] {
  return [...new Set([...order.filter((axis) => axes.includes(axis)), ...axes])];
}
