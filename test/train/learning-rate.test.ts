import { describe, expect, test } from "vitest";
import { sharedGpu } from "../plan/open.ts";
import { advanced, small, weightBits, withTrainer } from "./small-run.ts";

const gpu = sharedGpu();

const RATE = 0.2;
const WARMUP = 4;
const STEPS = 24;
/** Steps after the warm-up. */
const TOTAL = STEPS - WARMUP;

const halfCosine = (from: number, to: number, progress: number) =>
  to + ((from - to) * (1 + Math.cos(Math.PI * progress))) / 2;

/** The factor after so many steps behind the warm-up, as the textbooks and PyTorch's manual have it. */
const schedules: readonly [schedule: { readonly kind: string }, factor: (t: number) => number][] = [
  [{ kind: "constant" }, () => 1],
  [{ kind: "linear", end: 0.1 } as never, (t) => 1 + (0.1 - 1) * Math.min(t / TOTAL, 1)],
  [{ kind: "cosine" }, (t) => halfCosine(1, 0, Math.min(t / TOTAL, 1))],
  [{ kind: "step", every: 7, factor: 0.5 } as never, (t) => 0.5 ** Math.floor(t / 7)],
  [{ kind: "exponential", every: 5, factor: 0.5 } as never, (t) => 0.5 ** (t / 5)],
  [
    { kind: "oneCycle", peak: 0.3, startDivision: 25, endDivision: 100 } as never,
    (t) => {
      const top = 0.3 * TOTAL - 1;
      return t <= top
        ? halfCosine(1 / 25, 1, t / top)
        : halfCosine(1, 1 / 2500, Math.min((t - top) / (TOTAL - 1 - top), 1));
    },
  ],
];

describe("the metric learningRate of every step", () => {
  test.each(schedules)("follows %j after a warm-up, also when rewound", async (schedule, factor) => {
    const experiment = small({
      optimizer: { kind: "sgd", learningRate: RATE },
      schedule: { ...schedule, warmup: WARMUP },
      stop: { steps: STEPS },
    });
    await withTrainer(gpu(), experiment, async (trainer) => {
      const rows = await advanced(trainer, STEPS);
      expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: STEPS }, (_, k) => k + 1));
      for (const { step, learningRate } of rows) {
        const t = Math.max(step - 1 - WARMUP, 0);
        const expected = RATE * factor(t) * Math.min(step / WARMUP, 1);
        expect(learningRate, `step ${step}`).toBeCloseTo(expected, 6);
      }
      trainer.rewind();
      expect(await advanced(trainer, STEPS)).toEqual(rows);
    });
  });

  test("is the rate that the step uses: where it is 0 nothing is learned", async () => {
    const schedule = { kind: "linear", end: 0, steps: 3 };
    await withTrainer(gpu(), small({ schedule }), async (trainer) => {
      await trainer.advance(2);
      const before = await weightBits(trainer);
      expect((await advanced(trainer, 1))[0]?.learningRate).toBeGreaterThan(0);
      const after = await weightBits(trainer);
      expect(after).not.toEqual(before);
      expect((await advanced(trainer, 3)).map(({ learningRate }) => learningRate)).toEqual([0, 0, 0]);
      expect(await weightBits(trainer)).toEqual(after);
    });
  });

  test("goes to the end of the run where a schedule has no length, also for runs in epochs and without an end", async () => {
    const rateAt = async (changes: object, step: number) => {
      const experiment = small({
        optimizer: { kind: "sgd", learningRate: 1 },
        schedule: { kind: "linear" },
        ...changes,
      });
      const rows = await withTrainer(gpu(), experiment, (trainer) => advanced(trainer, step));
      return rows.at(-1)?.learningRate;
    };
    expect(await rateAt({ stop: { epochs: 2 } }, 8)).toBeCloseTo(0.5, 6);
    expect(await rateAt({}, 101)).toBeCloseTo(0.99, 6);
  });
});
