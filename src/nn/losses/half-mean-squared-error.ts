import { mul } from "../../graph/ops/mul.ts";
import { square } from "../../graph/ops/square.ts";
import { sub } from "../../graph/ops/sub.ts";
import { defineLoss } from "../loss.ts";
import { numbersLike } from "./output-check.ts";

/** ½ (y - t)² for each number, Σ (y - t)² / 2N in all. output: (B, …) f32; target: f32 with as many numbers a sample. */
export const halfMeanSquaredError = defineLoss({
  kind: "halfMeanSquaredError",
  label: { en: "Half mean squared error", zh: "二分之一均方误差" },
  of: "numbers",
  help: {
    en: "Half the mean squared error, 1/2N · Σ (y − t)², as textbooks have it: its gradient has no factor 2.",
    zh: "均方误差的一半，即教科书中的 1/2N · Σ (y − t)²，求导后没有系数 2。",
  },
  fields: {},
  build: (_, output, target, context) => ({
    values: mul(square(sub(output, numbersLike(output, target, context))), 0.5),
  }),
});
