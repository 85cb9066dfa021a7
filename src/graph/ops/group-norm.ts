import { applyAll } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { type Affine, affineTensors } from "./affine.ts";
import { normalization } from "./normalization.ts";
import { reshape } from "./reshape.ts";

/**
 * (x - mean) / √(variance + epsilon) · scale + shift for each sample and group of channels, over the group's channels
 * and the axes between; x is (N, …, C), scale and shift are (C), and `groups` divides C.
 * Source: Wu and He, "Group Normalization" (2018).
 */
export function groupNorm(
  x: Tensor,
  groups: number,
  { epsilon = 1e-5, ...affine }: Affine & { epsilon?: number } = {},
): Tensor {
  const channels = x.shape.at(-1) ?? 1;
  const grouped = reshape(x, [...x.shape.slice(0, -1), groups, channels / groups]);
  const byGroup = affineTensors(affine).map((part) =>
    part.shape.length === 0 ? part : reshape(part, [groups, channels / groups]),
  );
  const rank = grouped.shape.length;
  const axes = [...grouped.shape.keys()].filter((axis) => axis !== 0 && axis !== rank - 2);
  return reshape(applyAll(groupNormOp, [grouped, ...byGroup], { axes, epsilon })[0] as Tensor, x.shape);
}

export const groupNormOp = normalization("groupNorm");
