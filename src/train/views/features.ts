import { sliceAxis } from "../../graph/ops/slice.ts";
import { sizeOf } from "../../graph/tensor.ts";
import type { Values } from "../../graph/values.ts";
import { openOnSubject } from "./subject.ts";
import type { ViewOpener } from "./view.ts";
import { floats } from "./view-plan.ts";
import { nodeOf } from "./viewed-model.ts";

/** Numbers that are read back for a look, at most: a megabyte. */
const MAX_NUMBERS = 2 ** 18;

/** What a layer gives for a sample; of very large outputs, the first channels. */
export const openFeatures: ViewOpener<"features"> = (run, request) =>
  openOnSubject(run, request, (model) => {
    const whole = nodeOf(model, request.node);
    const last = whole.shape.length - 1;
    const channels = whole.shape[last] as number;
    const fitting = Math.max(1, Math.floor((MAX_NUMBERS / sizeOf(whole.shape)) * channels));
    const shown = last > 0 && fitting < channels ? sliceAxis(whole, last, 0, fitting) : whole;
    return {
      outputs: [shown],
      payload: ([values]) => ({ kind: "features", shape: shown.shape.slice(1), values: floats(values as Values) }),
    };
  });
