import { broadcastTo } from "../../graph/ops/broadcast.ts";
import { constant } from "../../graph/ops/constant.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { MetricInput } from "../metric.ts";
import { perSample } from "./label-rank.ts";

/** An output of numbers, its target, and 1 for each number that counts; all in the output's shape. */
export function countedNumbers({ output, target, samples }: MetricInput): Record<"y" | "t" | "weights", Tensor> {
  const weights =
    samples === undefined
      ? constant(1, output.shape)
      : broadcastTo(perSample(samples, output.shape.length), output.shape);
  return { y: output, t: reshape(target, output.shape), weights };
}
