import { conv2d } from "../../graph/ops/conv2d.ts";
import { initializerOf } from "../initializers.ts";
import { defineLayer } from "../layer.ts";
import { depthMultiplierField, filtersField, imageWindowFields } from "../parts/convolution-fields.ts";
import { depthwiseConvolution } from "../parts/depthwise.ts";
import { imageWindowsOf } from "../parts/image-windows.ts";
import { kernelFields, withBiasAndActivation } from "../parts/kernel-fields.ts";

/**
 * (B, H, W, C) gives (B, OH, OW, filters); depthwiseKernel (KH, KW, C, depthMultiplier),
 * pointwiseKernel (1, 1, C · depthMultiplier, filters).
 */
export const separableConv2dLayer = defineLayer({
  kind: "SeparableConv2D",
  family: "convolution",
  help: {
    en: "Convolves each channel by itself, then mixes the channels pixel by pixel: like Conv2D with fewer parameters.",
    zh: "先对每个通道单独卷积，再逐像素混合通道：类似 Conv2D，但参数更少。",
  },
  fields: {
    filters: filtersField,
    ...imageWindowFields,
    depthMultiplier: depthMultiplierField,
    ...kernelFields,
  },
  build: ({ filters, depthMultiplier, ...config }, [x], context) => {
    const windows = imageWindowsOf(config, x, context);
    const initial = initializerOf(config.kernelInitializer);
    const apart = { name: "depthwiseKernel", multiplier: depthMultiplier, initial };
    const h = depthwiseConvolution(x, windows, apart, context);
    const pointwise = context.parameter("pointwiseKernel", [1, 1, h.shape[3] as number, filters], initial);
    return withBiasAndActivation(conv2d(h, pointwise), config, context);
  },
});
