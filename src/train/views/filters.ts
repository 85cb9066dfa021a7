import { mean } from "../../graph/ops/mean.ts";
import { sliceAxis } from "../../graph/ops/slice.ts";
import { transpose } from "../../graph/ops/transpose.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { callsOf } from "../../graph/traverse.ts";
import { cannotShow, type ViewOpener } from "./view.ts";
import { floats, ViewPlan } from "./view-plan.ts";
import { columnsOf, modelOn } from "./viewed-model.ts";

/** Kernels that are shown, at most. */
const MAX_KERNELS = 128;

/** Kernels of the first convolution over images, each as a picture. */
export const openFilters: ViewOpener<"filters"> = async (run) => {
  const { output } = modelOn(run, columnsOf(run.dataset, 1));
  const first = callsOf([output]).find(
    ({ op, inputs }) => op.name === "conv2d" && inputs[1]?.call.op.name === "variable",
  );
  if (first?.node === undefined) {
    return cannotShow({
      en: "filters are of convolutions over images, and this model has none; add a Conv2D layer",
      zh: "卷积核视图用于图像卷积，而当前模型没有卷积层；请添加 Conv2D 层",
    });
  }
  // (KH, KW, C, filters)
  const kernel = first.inputs[1] as Tensor;
  const count = Math.min(MAX_KERNELS, kernel.shape[3] as number);
  const each = transpose(sliceAxis(kernel, 3, 0, count), [3, 0, 1, 2]);
  const isPicture = each.shape[3] === 1 || each.shape[3] === 3;
  const picture = isPicture ? each : mean(each, 3, true);
  const [, rows, columns, channels] = picture.shape as [number, number, number, number];
  const { node } = first;
  const plan = await ViewPlan.create(run, { outputs: [picture] });
  return {
    async look() {
      const [values] = await plan.look([picture]);
      return {
        kind: "filters",
        node,
        count,
        rows,
        columns,
        channels,
        values: floats(values as Float32Array<ArrayBuffer>),
      };
    },
    destroy: () => plan.destroy(),
  };
};
