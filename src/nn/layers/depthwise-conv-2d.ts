import { initializerOf } from "../initializers.ts";
import { defineLayer } from "../layer.ts";
import { depthMultiplierField, imageWindowFields } from "../parts/convolution-fields.ts";
import { depthwiseConvolution } from "../parts/depthwise.ts";
import { imageWindowsOf } from "../parts/image-windows.ts";
import { kernelFields, withBiasAndActivation } from "../parts/kernel-fields.ts";

/** (B, H, W, C) gives (B, OH, OW, C · depthMultiplier); kernel (KH, KW, C, depthMultiplier). */
export const depthwiseConv2dLayer = defineLayer({
  kind: "DepthwiseConv2D",
  family: "convolution",
  help: {
    en: "Convolves each channel by itself; cheap, because channels are not mixed.",
    zh: "对每个通道单独做卷积；通道之间不混合，因此计算量小。",
  },
  fields: { ...imageWindowFields, depthMultiplier: depthMultiplierField, ...kernelFields },
  build: ({ depthMultiplier, ...config }, [x], context) => {
    const windows = imageWindowsOf(config, x, context);
    const initial = initializerOf(config.kernelInitializer);
    const y = depthwiseConvolution(x, windows, { name: "kernel", multiplier: depthMultiplier, initial }, context);
    return withBiasAndActivation(y, config, context);
  },
});
