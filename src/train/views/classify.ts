import { openOnSubject } from "./subject.ts";
import type { ViewOpener } from "./view.ts";
import { answerOf, classesOf, requireOneLabel } from "./viewed-model.ts";

/** Probabilities of the classes for one input. */
export const openClassify: ViewOpener<"classify"> = (run, request) => {
  requireOneLabel(run.dataset);
  return openOnSubject(run, request, ({ output }) => ({
    outputs: [answerOf(run, output)],
    payload: ([probabilities]) => ({
      kind: "classify",
      probabilities: probabilities as Float32Array<ArrayBuffer>,
      classes: classesOf(run.dataset),
    }),
  }));
};
