import type { Metric } from "./metric.ts";
import { accuracy } from "./metrics/accuracy.ts";
import { meanAbsoluteError } from "./metrics/mean-absolute-error.ts";
import { perplexity } from "./metrics/perplexity.ts";
import { r2 } from "./metrics/r2.ts";
import { sequenceAccuracy } from "./metrics/sequence-accuracy.ts";
import { top3 } from "./metrics/top3.ts";
import { top5 } from "./metrics/top5.ts";

/** Every metric beside the loss. A new one is a file in metrics/ and its line here. */
export const metrics: readonly Metric[] = [accuracy, top3, top5, sequenceAccuracy, perplexity, meanAbsoluteError, r2];
