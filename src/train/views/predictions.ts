import { columnValues } from "../sample-values.ts";
import type { Prediction } from "../view-protocol.ts";
import { collect } from "./collected.ts";
import type { ViewOpener } from "./view.ts";
import { floats } from "./view-plan.ts";
import { answerOf, classesOf, requireOneLabel } from "./viewed-model.ts";

/** Validation samples that are looked at, at most. */
const MAX_SAMPLES = 512;

/** How validation samples are classified: the confusion matrix, and the samples, wrong ones first. */
export const openPredictions: ViewOpener<"predictions"> = async (run, { limit }) => {
  const { dataset } = run;
  requireOneLabel(dataset);
  const collected = await collect(run, MAX_SAMPLES, ({ output }) => answerOf(run, output));
  const { samples, size: classes } = collected;
  const places = [...new Array(samples.count).keys()];
  const truths = columnValues(dataset.target, samples, places);
  const [first] = dataset.inputs as [(typeof dataset.inputs)[number]];
  return {
    async look() {
      const probabilities = await collected.look();
      const confusion = new Uint32Array(classes * classes);
      const judged = places
        // A label of −1 does not count.
        .filter((sample) => (truths[sample] as number) >= 0)
        .map((sample) =>
          judge(sample, truths[sample] as number, probabilities.subarray(sample * classes, (sample + 1) * classes)),
        );
      for (const { truth, predicted } of judged) {
        const cell = truth * classes + predicted;
        confusion[cell] = (confusion[cell] as number) + 1;
      }
      const shown = judged.sort(worstFirst).slice(0, Math.max(0, limit));
      return {
        kind: "predictions",
        evaluated: judged.length,
        confusion,
        classes: classesOf(dataset),
        samples: shown.map(({ surprise: _, ...prediction }) => prediction),
        inputs: floats(
          columnValues(
            first,
            samples,
            shown.map(({ sample }) => sample),
          ),
        ),
        inputShape: first.shape,
      };
    },
    destroy: () => collected.destroy(),
  };
};

interface Judged extends Prediction {
  /** The loss: how improbable the truth seemed. */
  readonly surprise: number;
}

function judge(sample: number, truth: number, probabilities: Float32Array): Judged {
  const confidence = probabilities.reduce((most, p) => Math.max(most, p), 0);
  const predicted = Math.max(0, probabilities.indexOf(confidence));
  return { sample, truth, predicted, confidence, surprise: -Math.log(probabilities[truth] as number) };
}

function worstFirst(a: Judged, b: Judged): number {
  const isWrong = ({ truth, predicted }: Judged) => (truth === predicted ? 0 : 1);
  // Probabilities may be rounded to 0: of two infinite losses the place decides.
  return isWrong(b) - isWrong(a) || b.surprise - a.surprise || a.sample - b.sample;
}
