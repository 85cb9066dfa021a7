import type { Loss } from "./loss.ts";
import { binaryCrossentropy } from "./losses/binary-crossentropy.ts";
import { categoricalCrossentropy } from "./losses/categorical-crossentropy.ts";
import { halfMeanSquaredError } from "./losses/half-mean-squared-error.ts";
import { hinge } from "./losses/hinge.ts";
import { huber } from "./losses/huber.ts";
import { klDivergence } from "./losses/kl-divergence.ts";
import { meanAbsoluteError } from "./losses/mean-absolute-error.ts";
import { meanSquaredError } from "./losses/mean-squared-error.ts";

/** Every loss. A new one is a file in losses/ and its line here. */
export const losses: readonly Loss[] = [
  categoricalCrossentropy,
  binaryCrossentropy,
  meanSquaredError,
  halfMeanSquaredError,
  meanAbsoluteError,
  huber,
  hinge,
  klDivergence,
];
