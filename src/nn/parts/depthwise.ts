import { conv2d } from "../../graph/ops/conv2d.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Initializer } from "../initializer.ts";
import type { LayerContext } from "../layer.ts";
import type { ImageWindows } from "./image-windows.ts";

/**
 * Each channel convolved with `multiplier` kernels of its own: x (B, H, W, C) gives (B, OH, OW, C · multiplier), the
 * results of a channel side by side. The parameter is (KH, KW, C, multiplier), as in Keras: its fans are made of that.
 */
export function depthwiseConvolution(
  x: Tensor,
  { size, ...windows }: ImageWindows,
  { name, multiplier, initial }: { name: string; multiplier: number; initial: Initializer },
  context: Pick<LayerContext, "parameter">,
): Tensor {
  const channels = x.shape[3] as number;
  const kernel = context.parameter(name, [...size, channels, multiplier], initial);
  return conv2d(x, reshape(kernel, [...size, 1, channels * multiplier]), { ...windows, groups: channels });
}
