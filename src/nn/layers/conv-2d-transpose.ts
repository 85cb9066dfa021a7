import { convTranspose2d } from "../../graph/ops/conv-transpose2d.ts";
import { pairOf } from "../../graph/ops/windows.ts";
import { initializerOf } from "../initializers.ts";
import { defineLayer } from "../layer.ts";
import { filtersField, imageWindowFields } from "../parts/convolution-fields.ts";
import { kernelFields, withBiasAndActivation } from "../parts/kernel-fields.ts";
import { requireImages } from "../parts/require-images.ts";

/**
 * (B, H, W, C) gives (B, OH, OW, filters); kernel (KH, KW, filters, C). OH is H · stride with padding "same", and
 * (H − 1) · stride + (KH − 1) · dilation + 1 with "valid". No kernel is too large: each pixel is spread over one.
 */
export const conv2dTransposeLayer = defineLayer({
  kind: "Conv2DTranspose",
  family: "convolution",
  help: {
    en: "Conv2D the other way round: spreads each pixel over a kernel, so that strides make the image larger.",
    zh: "Conv2D 的逆过程：把每个像素按卷积核铺开，步幅越大，图像放得越大。",
  },
  fields: {
    filters: filtersField,
    ...imageWindowFields,
    padding: {
      ...imageWindowFields.padding,
      help: {
        en: "same: the output is the input's size times the strides; valid: nothing is cut from its edges.",
        zh: "same：输出大小为输入大小乘以步幅；valid：不裁掉输出的边缘。",
      },
    },
    ...kernelFields,
  },
  build: ({ filters, kernelSize, strides, padding, dilation, ...config }, [x], context) => {
    requireImages(x, context);
    const shape = [...pairOf(kernelSize), filters, x.shape[3] as number];
    const kernel = context.parameter("kernel", shape, initializerOf(config.kernelInitializer));
    return withBiasAndActivation(convTranspose2d(x, kernel, { strides, padding, dilation }), config, context);
  },
});
