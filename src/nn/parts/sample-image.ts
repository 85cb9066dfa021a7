import { abs } from "../../graph/ops/abs.ts";
import { add } from "../../graph/ops/add.ts";
import { cast } from "../../graph/ops/cast.ts";
import { clamp } from "../../graph/ops/clamp.ts";
import type { Operand } from "../../graph/ops/elementwise.ts";
import { floor } from "../../graph/ops/floor.ts";
import { gather } from "../../graph/ops/gather.ts";
import { greaterEqual } from "../../graph/ops/greater-equal.ts";
import { iota } from "../../graph/ops/iota.ts";
import { lessEqual } from "../../graph/ops/less-equal.ts";
import { logicalAnd } from "../../graph/ops/logical-and.ts";
import { mul } from "../../graph/ops/mul.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { sub } from "../../graph/ops/sub.ts";
import { sum } from "../../graph/ops/sum.ts";
import { where } from "../../graph/ops/where.ts";
import type { Tensor } from "../../graph/tensor.ts";

/**
 * Where each pixel of a picture is taken from, in pixels: row' = rows[0] · row + rows[1] · column + rows[2], and column'
 * likewise of `columns`; all of them counted from the middle of the picture. Every number is one for all samples, or an
 * f32 tensor (B, 1, 1, 1, 1) of one a sample.
 */
export interface PixelMap {
  readonly rows: readonly [row: Operand, column: Operand, shift: Operand];
  readonly columns: readonly [row: Operand, column: Operand, shift: Operand];
}

/**
 * Pictures (B, H, W, C) drawn anew in their shape: each pixel is bilinear of the four round the place it is taken from,
 * with zeros outside of the picture. A map that leaves every pixel where it is gives x exactly.
 *
 * Its gradient is a `scatterAdd` of all pixels into all pixels: right, but slow. Before every parameter, where
 * augmentations belong, none is computed.
 */
export function sampleImage(x: Tensor, { rows, columns }: PixelMap): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  // (B, H, W, 2, 2): of each pixel the two rows and the two columns beside the place it is taken from.
  const pixels = [batch, height, width, 1, 1];
  const row = sub(iota(pixels, "f32", 1), (height - 1) / 2);
  const column = sub(iota(pixels, "f32", 2), (width - 1) / 2);
  const mapped = ([a, b, shift]: PixelMap["rows"], size: number) =>
    add(add(add(mul(row, a), mul(column, b)), shift), (size - 1) / 2);
  const vertical = neighbours(mapped(rows, height), iota([2, 1], "f32", 0), height);
  const horizontal = neighbours(mapped(columns, width), iota([1, 2], "f32", 1), width);
  const inBatch = mul(iota(pixels, "i32", 0), height * width);
  const place = add(add(inBatch, mul(vertical.place, width)), horizontal.place);
  const share = reshape(mul(vertical.share, horizontal.share), [batch, height, width, 2, 2, 1]);
  return sum(mul(share, gather(reshape(x, [batch * height * width, channels]), place)), [3, 4]);
}

/** The pixels beside a position along an axis, by their offset from the one before it: 0 and 1. */
function neighbours(position: Tensor, offset: Tensor, size: number): { place: Tensor; share: Tensor } {
  const place = add(floor(position), offset);
  const isInside = logicalAnd(greaterEqual(place, 0), lessEqual(place, size - 1));
  return {
    place: cast(clamp(place, 0, size - 1), "i32"),
    share: where(isInside, sub(1, abs(sub(position, place))), 0),
  };
}
