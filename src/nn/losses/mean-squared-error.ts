import { square } from "../../graph/ops/square.ts";
import { sub } from "../../graph/ops/sub.ts";
import { defineLoss } from "../loss.ts";
import { numbersLike } from "./output-check.ts";

/** (y - t)² for each number. output: (B, …) f32; target: f32 with as many numbers a sample. */
export const meanSquaredError = defineLoss({
  kind: "meanSquaredError",
  label: { en: "Mean squared error", zh: "均方误差" },
  of: "numbers",
  help: { en: "The squares of the errors, on average.", zh: "误差平方的平均值（均方误差）。" },
  fields: {},
  build: (_, output, target, context) => ({ values: square(sub(output, numbersLike(output, target, context))) }),
});
