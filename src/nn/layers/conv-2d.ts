import { conv2d } from "../../graph/ops/conv2d.ts";
import { initializerOf } from "../initializers.ts";
import { defineLayer } from "../layer.ts";
import { filtersField, groupsField, imageWindowFields } from "../parts/convolution-fields.ts";
import { imageWindowsOf } from "../parts/image-windows.ts";
import { kernelFields, withBiasAndActivation } from "../parts/kernel-fields.ts";
import { requireGroups } from "../parts/require-groups.ts";

/** (B, H, W, C) gives (B, OH, OW, filters); kernel (KH, KW, C / groups, filters). */
export const conv2dLayer = defineLayer({
  kind: "Conv2D",
  family: "convolution",
  help: {
    en: "Slides small kernels over an image; each finds one pattern wherever it stands.",
    zh: "让小卷积核在图像上滑动；每个卷积核在任何位置都能发现同一种模式。",
  },
  fields: { filters: filtersField, ...imageWindowFields, groups: groupsField, ...kernelFields },
  build: ({ filters, groups, ...config }, [x], context) => {
    const { size, ...windows } = imageWindowsOf(config, x, context);
    const channels = x.shape[3] as number;
    requireGroups(groups, channels, filters, context);
    const shape = [...size, channels / groups, filters];
    const kernel = context.parameter("kernel", shape, initializerOf(config.kernelInitializer));
    return withBiasAndActivation(conv2d(x, kernel, { ...windows, groups }), config, context);
  },
});
