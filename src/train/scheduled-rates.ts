import { Interpretation } from "../graph/interpreter.ts";
import { NdArray } from "../graph/nd-array.ts";
import { variable } from "../graph/ops/variable.ts";
import { ofKind } from "../nn/of-kind.ts";
import { scheduledRate } from "../nn/scheduled-rate.ts";
import { schedules } from "../nn/schedules.ts";
import type { RatesRequest } from "./protocol.ts";

/** The learning rate at `count` steps of a run, evenly spread from its first to its last. */
export function scheduledRates({ learningRate, schedule, steps, count }: RatesRequest): Float32Array<ArrayBuffer> {
  const [rate, step] = [variable("learningRate"), variable("step", [], "u32")];
  const { warmup } = schedule;
  const total = Math.max(1, steps - warmup);
  const scheduled = scheduledRate(ofKind(schedules, schedule.kind), schedule, {
    learningRate: rate,
    step,
    warmup,
    total,
  });
  const graph = new Interpretation([scheduled]);
  return Float32Array.from({ length: count }, (_, k) => {
    const at = Math.round((k * (steps - 1)) / Math.max(1, count - 1));
    const [value] = graph.evaluate(
      new Map([
        [rate, new NdArray([], [learningRate])],
        [step, new NdArray([], [at], "u32")],
      ]),
    );
    return (value as NdArray).at(0);
  });
}
