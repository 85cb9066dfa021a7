import { concat } from "../../graph/ops/concat.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { callsOf } from "../../graph/traverse.ts";
import { openOnSubject } from "./subject.ts";
import { cannotShow, type ViewOpener } from "./view.ts";
import { nodeOf } from "./viewed-model.ts";

/** The recurrences; the first output of each is its state after every step, (B, T, H). */
const SCANS: readonly string[] = ["rnnScan", "gruScan", "lstmScan"];

/** The states of a recurrent layer over time, also where it gives the last one alone; both ways side by side. */
export const openStates: ViewOpener<"states"> = (run, request) =>
  openOnSubject(run, request, (model) => {
    const { node } = request;
    const scans = callsOf([nodeOf(model, node)])
      .filter((call) => call.node === node && SCANS.includes(call.op.name))
      // The way forward was built first.
      .sort((a, b) => a.id - b.id);
    if (scans.length === 0) {
      return cannotShow(
        {
          en: `"${node}" has no states; choose a SimpleRNN, GRU or LSTM layer`,
          zh: `“${node}”没有循环状态；请选择 SimpleRNN、GRU 或 LSTM 层`,
        },
        node,
      );
    }
    const states = concat(
      scans.map(({ outputs }) => outputs[0] as Tensor),
      2,
    );
    const [, steps, units] = states.shape as [number, number, number];
    return {
      outputs: [states],
      payload: ([values], tokens) => ({
        kind: "states",
        steps,
        units,
        values: values as Float32Array<ArrayBuffer>,
        ...(tokens?.length === steps ? { tokens } : {}),
      }),
    };
  });
