import { describe, expect, test } from "vitest";
import { StopRule } from "../../src/train/stop-rule.ts";
import { sharedGpu } from "../plan/open.ts";
import { small, withTrainer } from "./small-run.ts";

const gpu = sharedGpu();

/** Trains to the end: the steps done, those at which it validated, and how it ended. */
function run(changes: object) {
  return withTrainer(gpu(), small(changes), async (trainer) => {
    const validated: number[] = [];
    let reported = 0;
    const end = await trainer.train({
      onMetrics: (rows) => {
        reported += rows.length;
      },
      onValidation: ({ step, loss }) => {
        expect(step).toBe(trainer.steps);
        expect(loss).toBeGreaterThan(0);
        validated.push(step);
      },
    });
    expect(reported).toBe(trainer.steps);
    // What has ended stays as it is.
    expect(await trainer.train({ onValidation: () => validated.push(-1) })).toBe(end);
    return { end, steps: trainer.steps, validated };
  });
}

const still = { optimizer: { kind: "sgd", learningRate: 0 } };

describe("a run ends, with a validation", () => {
  test.each([
    ["after so many steps", { stop: { steps: 9 } }, 9, [9]],
    ["after whole epochs of 7 steps", { stop: { epochs: 2 } }, 14, [14]],
    ["after a part of an epoch, in whole steps", { stop: { epochs: 1.5 } }, 11, [11]],
    // 0.07 · 100 is 7.000000000000001 in floating point.
    [
      "after 7 % of 100 steps",
      { data: { kind: "xor", samples: 143, validation: 0.3 }, batchSize: 1, stop: { epochs: 0.07 } },
      7,
      [7],
    ],
    ["after one step at least", { stop: { epochs: 0.001 } }, 1, [1]],
    ["with what comes first, steps", { stop: { steps: 3, epochs: 2 } }, 3, [3]],
    ["with what comes first, epochs", { stop: { steps: 30, epochs: 1 } }, 7, [7]],
    ["at a validation loss", { validateEvery: 4, stop: { loss: 100 } }, 4, [4]],
    ["not at a loss that was not reached", { ...still, validateEvery: 4, stop: { loss: 0.01, steps: 6 } }, 6, [4, 6]],
    ["at an accuracy", { validateEvery: 4, stop: { accuracy: 0.01 } }, 4, [4]],
    [
      "not at an accuracy that was not reached",
      { ...still, validateEvery: 4, stop: { accuracy: 1, steps: 6 } },
      6,
      [4, 6],
    ],
    // The first validation is the best; the two after it are no lower.
    ["when patience is at its end", { ...still, validateEvery: 2, stop: { patience: 2 } }, 6, [2, 4, 6]],
    ["with the last validation where that is due anyway", { validateEvery: 4, stop: { steps: 8 } }, 8, [4, 8]],
    ["having validated every 100 steps where epochs are shorter", { stop: { steps: 110 } }, 110, [100, 110]],
    [
      "having validated once an epoch where epochs are longer",
      { data: { kind: "xor", samples: 150, validation: 0.3 }, batchSize: 1, stop: { steps: 110 } },
      110,
      [105, 110],
    ],
  ])("%s", async (_name, changes, steps, validated) => {
    expect(await run(changes)).toEqual({ end: "finished", steps, validated });
  });

  test("where an accuracy is waited for, only if it is measured", async () => {
    await expect(run({ metrics: [], stop: { accuracy: 0.9, steps: 8 } })).rejects.toMatchObject({
      kind: "experiment",
      message: expect.stringMatching(/stop\.accuracy is 0\.9.*add "accuracy" to metrics/),
    });
  });
});

describe("patience", () => {
  const conditions = { steps: null, epochs: null, loss: null, accuracy: null, patience: 2 };

  test.each([
    ["begins anew with each lower loss", [3, 4, 2, 2.5, 1, 1.5], false],
    ["counts a loss that is as low as the best", [1, 1, 1], true],
    ["counts validations, not rises in a row", [3, 4, 3.5], true],
    ["sees the lower loss after one that is no number", [3, Number.NaN, 2, Number.NaN, 1], false],
    ["counts losses that are no number", [3, Number.NaN, Number.NaN], true],
  ])("%s", (_name, losses, ends) => {
    const last = losses.reduce((rule, loss) => rule.after({ loss }), new StopRule(conditions));
    expect(last.holds).toBe(ends);
  });
});
