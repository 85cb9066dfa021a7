import { formatShape, type Shape, sizeOf, type Tensor } from "../../graph/tensor.ts";
import type { LayerContext } from "../layer.ts";
import { requireNumbers } from "./require-numbers.ts";
import { sampleShape } from "./sample-shape.ts";

/** Refuses what is not images, f32 (B, H, W, C); the repair inserts a Reshape where one suggests itself. */
export function requireImages(x: Tensor, context: Pick<LayerContext, "refuse">): void {
  requireNumbers(x, context);
  if (x.shape.length === 4) return;
  const shape = sampleShape(x);
  const target = asImage(x.shape.slice(1));
  if (target === undefined) {
    context.refuse({
      en: `it takes images, height×width×channels, but the input has the shape ${shape}; connect it where there are still images, or use Dense`,
      zh: `需要图像（高×宽×通道），但输入的形状是 ${shape}；请把它接到仍是图像的位置，或改用 Dense`,
    });
  }
  const to = formatShape(target);
  context.refuse(
    {
      en: `it takes images, height×width×channels, but the input has the shape ${shape}; insert a Reshape to ${to}`,
      zh: `需要图像（高×宽×通道），但输入的形状是 ${shape}；请插入 Reshape，变为 ${to}`,
    },
    { kind: "insert", layer: "Reshape", config: { shape: target } },
  );
}

/** The same numbers as an image: after height and width the rest are channels; undefined where none suggests itself. */
function asImage(sample: Shape): Shape | undefined {
  const [height, width, ...rest] = sample;
  if (height === undefined) return undefined;
  return width === undefined ? asSquareImage(height) : [height, width, sizeOf(rest)];
}

/** A square image of at least 2×2 pixels with as few channels as there can be. */
function asSquareImage(size: number): Shape | undefined {
  for (let channels = 1; channels * 4 <= size; channels++) {
    const side = Math.sqrt(size / channels);
    if (Number.isInteger(side)) return [side, side, channels];
  }
  return undefined;
}
