import { conv1d } from "../../graph/ops/conv1d.ts";
import { initializerOf } from "../initializers.ts";
import { defineLayer } from "../layer.ts";
import { filtersField, groupsField, sequenceWindowFields } from "../parts/convolution-fields.ts";
import { kernelFields, withBiasAndActivation } from "../parts/kernel-fields.ts";
import { requireGroups } from "../parts/require-groups.ts";
import { requireSequence } from "../parts/require-sequence.ts";
import { requireKernelFits } from "../parts/require-window-fits.ts";

/** (B, T, C) gives (B, OT, filters); kernel (K, C / groups, filters). */
export const conv1dLayer = defineLayer({
  kind: "Conv1D",
  family: "convolution",
  help: {
    en: "Slides small kernels along a sequence; each finds one pattern wherever it stands.",
    zh: "让小卷积核沿序列滑动；每个卷积核在任何位置都能发现同一种模式。",
  },
  fields: { filters: filtersField, ...sequenceWindowFields, groups: groupsField, ...kernelFields },
  build: ({ filters, kernelSize, strides, padding, dilation, groups, ...config }, [x], context) => {
    requireSequence(x, context, { imageSteps: "pixels" });
    const [, steps, channels] = x.shape as [number, number, number];
    requireKernelFits({ input: [steps], size: [kernelSize], dilation: [dilation], padding }, context);
    requireGroups(groups, channels, filters, context);
    const shape = [kernelSize, channels / groups, filters];
    const kernel = context.parameter("kernel", shape, initializerOf(config.kernelInitializer));
    return withBiasAndActivation(conv1d(x, kernel, { strides, padding, dilation, groups }), config, context);
  },
});
