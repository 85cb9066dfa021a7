import { formatShape, type Shape, sizeOf } from "../graph/tensor.ts";
import type { LayerContext } from "./layer.ts";

/** Numbers that one parameter may have: 1 GiB of f32, beside which gradient and moments have to fit. */
const MAX_PARAMETER_SIZE = 2 ** 28;

/** Refuses a parameter of more than 2²⁸ numbers, before a tensor is made of it; `name` is "<node>.<name>". */
export function requireParameterSize(name: string, shape: Shape, refuse: LayerContext["refuse"]): void {
  if (sizeOf(shape) <= MAX_PARAMETER_SIZE) return;
  const [size, most] = [4 * sizeOf(shape), 4 * MAX_PARAMETER_SIZE].map((bytes) => bytes.toLocaleString("en-US"));
  refuse({
    en:
      `the parameter "${name}" of the shape ${formatShape(shape)} would take ${size} bytes, ` +
      `and one may take at most ${most} (1 GiB); use fewer units, filters or features, or put a pooling, ` +
      "or a global pooling in place of a Flatten, before the layer",
    zh:
      `形状为 ${formatShape(shape)} 的参数“${name}”需要 ${size} 字节，而单个参数最多 ${most} 字节（1 GiB）；` +
      "请减少单元数、卷积核数或特征数，或在该层之前加池化层，或用全局池化代替 Flatten",
  });
}
