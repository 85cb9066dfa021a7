import { applyAll, inNameOf, refuse } from "../op.ts";
import { formatShape, type Tensor } from "../tensor.ts";
import { type Affine, affineTensors } from "./affine.ts";
import { normalization } from "./normalization.ts";
import { reshape } from "./reshape.ts";

/**
 * (x - mean) / √(variance + epsilon) · scale + shift for each sample and group of channels, over the group's channels
 * and the axes between; x is (N, …, C), scale and shift are (C), and `groups` divides C.
 * Throws a "shape" error for groups that do not divide the channels, and for a scale or shift of other channels.
 * Source: Wu and He, "Group Normalization" (2018).
 */
export function groupNorm(
  x: Tensor,
  groups: number,
  { epsilon = 1e-5, ...affine }: Affine & { epsilon?: number } = {},
): Tensor {
  const channels = x.shape.at(-1) ?? 1;
  inNameOf("groupNorm", () => {
    if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
      refuse(`${channels} channels do not make ${groups} groups; give a number of groups that divides the channels`);
    }
    for (const { shape } of affineTensors(affine)) {
      if (shape.length === 0 || (shape.length === 1 && shape[0] === channels)) continue;
      refuse(`scale or shift is of shape ${formatShape(shape)} beside ${channels} channels; give one value a channel`);
    }
  });
  const grouped = reshape(x, [...x.shape.slice(0, -1), groups, channels / groups]);
  const byGroup = affineTensors(affine).map((part) =>
    part.shape.length === 0 ? part : reshape(part, [groups, channels / groups]),
  );
  const rank = grouped.shape.length;
  const axes = [...grouped.shape.keys()].filter((axis) => axis !== 0 && axis !== rank - 2);
  return reshape(applyAll(groupNormOp, [grouped, ...byGroup], { axes, epsilon })[0] as Tensor, x.shape);
}

export const groupNormOp = normalization("groupNorm");
