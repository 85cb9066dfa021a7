import { formatShape, type Tensor } from "../../graph/tensor.ts";

/** The shape of one sample as people read it: (B, 28, 28, 1) is `28×28×1`, and a single number `1`. */
export function sampleShape({ shape }: Pick<Tensor, "shape">): string {
  return shape.length < 2 ? "1" : formatShape(shape.slice(1));
}
