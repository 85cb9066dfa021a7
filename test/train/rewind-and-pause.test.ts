import { describe, expect, test } from "vitest";
import type { StepMetrics } from "../../src/graph/run-options.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import { sharedGpu } from "../plan/open.ts";
import { advanced, chain, rejection, small, weightBits, withTrainer } from "./small-run.ts";

const gpu = sharedGpu();

const withDropout = {
  model: chain(
    { id: "hidden", layer: "Dense", units: 8, activation: "tanh" },
    { id: "drop", layer: "Dropout", rate: 0.2 },
    { id: "norm", layer: "BatchNorm" },
  ),
  optimizer: { kind: "adam", learningRate: 0.01, average: 0.9 },
  schedule: { kind: "cosine", warmup: 3 },
};

/** Trains to the end; pauses at each of the given steps, after its metrics or its validation, and goes on. */
async function curve(trainer: Trainer, pauses: readonly number[] = [], at: "step" | "validation" = "step") {
  const rows: StepMetrics[] = [];
  const validations: StepMetrics[] = [];
  const ends: string[] = [];
  const left = new Set(pauses);
  for (let end = ""; end !== "finished"; ends.push(end)) {
    const pause = new AbortController();
    const pauseAfter = (step: number) => {
      if (left.delete(step)) pause.abort();
    };
    end = await trainer.train({
      signal: pause.signal,
      targetMs: 1e-6,
      onMetrics: (more) => {
        rows.push(...more);
        if (at === "step") for (const { step } of more) pauseAfter(step);
      },
      onValidation: (metrics) => {
        validations.push(metrics);
        if (at === "validation") pauseAfter(metrics.step);
      },
    });
  }
  return { rows, validations, ends };
}

describe("rewind", () => {
  test("gives the same curve once more, whatever was done since, in steps that count from 1", async () => {
    const experiment = small({ ...withDropout, validateEvery: 5, stop: { steps: 12 } });
    await withTrainer(gpu(), experiment, async (trainer) => {
      const untrained = await weightBits(trainer);
      const first = await curve(trainer);
      const trained = await weightBits(trainer);
      expect(first.rows.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, k) => k + 1));
      expect(first.validations.map(({ step }) => step)).toEqual([5, 10, 12]);
      trainer.rewind();
      expect({ steps: trainer.steps, validated: trainer.validated }).toEqual({ steps: 0, validated: undefined });
      expect(await weightBits(trainer)).toEqual(untrained);
      expect(await curve(trainer)).toEqual(first);
      expect(await weightBits(trainer)).toEqual(trained);
      trainer.rewind();
      await trainer.advance(3);
      trainer.rewind();
      expect(await curve(trainer)).toEqual(first);
    });
  });

  test("forgets what was written into the weights", async () => {
    await withTrainer(gpu(), small(), async (trainer) => {
      const untrained = await weightBits(trainer);
      const kernel = { shape: [2, 8], values: new Float32Array(16) };
      trainer.writeWeights(new Map([["hidden.kernel", kernel]]));
      await trainer.advance(1);
      trainer.rewind();
      expect(await weightBits(trainer)).toEqual(untrained);
    });
  });
});

describe("a run that was paused and goes on", () => {
  const experiment = small({ ...withDropout, validateEvery: 5, stop: { steps: 12 } });

  const uninterrupted = () =>
    withTrainer(gpu(), experiment, async (trainer) => ({
      ...(await curve(trainer)),
      weights: await weightBits(trainer),
    }));

  test.each([
    ["within an epoch, at its end and before a validation", [1, 2, 4, 7, 9, 11], "step"],
    ["when a validation is due", [5, 10, 12], "step"],
    ["after a validation", [5, 10, 12], "validation"],
  ] as const)("%s is bit for bit the one that was not", async (_name, pauses, at) => {
    const { ends: _, ...whole } = await uninterrupted();
    await withTrainer(gpu(), experiment, async (trainer) => {
      const { ends, ...parts } = await curve(trainer, pauses, at);
      expect({ ...parts, weights: await weightBits(trainer) }).toEqual(whole);
      expect(ends.filter((end) => end === "stopped").length).toBeGreaterThan(1);
    });
  });

  test("does not start where the signal was given before", async () => {
    await withTrainer(gpu(), experiment, async (trainer) => {
      expect(await trainer.train({ signal: AbortSignal.abort() })).toBe("stopped");
      await trainer.advance(3, { signal: AbortSignal.abort() });
      expect(trainer.steps).toBe(0);
    });
  });
});

describe("a live number", () => {
  test("is changed while it runs, at once and without a reset", async () => {
    await withTrainer(gpu(), small({ stop: { steps: 60 } }), async (trainer) => {
      const rows: StepMetrics[] = [];
      await trainer.train({
        targetMs: 1e-6,
        onMetrics: (more) => {
          if (rows.length < 20 && rows.length + more.length >= 20) trainer.set("learningRate", 0.5);
          rows.push(...more);
        },
      });
      expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: 60 }, (_, k) => k + 1));
      const changed = rows.findIndex(({ learningRate }) => learningRate === 0.5);
      // Two submits of one step each may have been under way.
      expect(changed).toBeGreaterThanOrEqual(20);
      expect(changed).toBeLessThanOrEqual(23);
      for (const [k, { learningRate }] of rows.entries()) {
        expect(learningRate).toBe(k < changed ? Math.fround(0.01) : 0.5);
      }
    });
  });

  test("has the effect that the experiment's own field would have had, and keeps it over a rewind", async () => {
    const changes = { optimizer: { kind: "sgd", learningRate: 0.3, weightDecay: 0.1 } };
    const wanted = await withTrainer(gpu(), small(changes), (trainer) => advanced(trainer, 5));
    await withTrainer(gpu(), small({ optimizer: { kind: "sgd", learningRate: 0.1 } }), async (trainer) => {
      await trainer.advance(3);
      trainer.set("learningRate", 0.3);
      trainer.set("weightDecay", 0.1);
      trainer.rewind();
      expect(await advanced(trainer, 5)).toEqual(wanted);
    });
  });

  test("may be of a layer", async () => {
    const model = (rate: number) =>
      chain({ id: "hidden", layer: "Dense", units: 8 }, { id: "drop", layer: "Dropout", rate });
    const wanted = await withTrainer(gpu(), small({ model: model(0.5) }), (trainer) => advanced(trainer, 3));
    await withTrainer(gpu(), small({ model: model(0.1) }), async (trainer) => {
      trainer.set("drop.rate", 0.5);
      expect(await advanced(trainer, 3)).toEqual(wanted);
    });
  });

  test("that the experiment does not have is refused with those it has", async () => {
    await withTrainer(gpu(), small(), async (trainer) => {
      for (const name of ["learningrate", "toString", "clipNorm", "hidden.units"]) {
        expect(() => trainer.set(name, 1)).toThrow(
          expect.objectContaining({
            kind: "experiment",
            message: expect.stringMatching(`^there is no live number "${name}"; there are learningRate, .*weightDecay`),
          }),
        );
      }
    });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("is not set to %d", async (value) => {
    await withTrainer(gpu(), small(), async (trainer) => {
      expect(() => trainer.set("learningRate", value)).toThrow(
        expect.objectContaining({ kind: "experiment", message: expect.stringMatching(`"learningRate".*${value}`) }),
      );
      expect((await advanced(trainer, 1))[0]?.learningRate).toBe(Math.fround(0.01));
    });
  });
});

describe("while a trainer is at work", () => {
  test("all that would disturb it is refused, and it ends as if nothing had been asked", async () => {
    const experiment = small({ validateEvery: 5, stop: { steps: 12 } });
    const wanted = await withTrainer(gpu(), experiment, (trainer) => curve(trainer));
    await withTrainer(gpu(), experiment, async (trainer) => {
      const refused: unknown[] = [];
      const disturb = () => {
        const kernel = { shape: [2, 8], values: new Float32Array(16) };
        for (const ask of [
          () => trainer.rewind(),
          () => trainer.writeWeights(new Map([["hidden.kernel", kernel]])),
          () => trainer.train(),
          () => trainer.advance(1),
          () => trainer.validate(),
        ]) {
          refused.push(rejection((async () => ask())()));
        }
      };
      const running = curve(trainer);
      disturb();
      // Also in the middle of a validation.
      const timer = setInterval(disturb, 1);
      const got = await running.finally(() => clearInterval(timer));
      expect(got).toEqual(wanted);
      for (const error of await Promise.all(refused)) {
        expect(error).toMatchObject({ kind: "validation", message: expect.stringMatching(/await it/) });
      }
    });
  });

  test("its weights may be read, as they are between two steps", async () => {
    const atStep = new Map<number, string>();
    await withTrainer(gpu(), small(), async (trainer) => {
      for (let step = 0; step <= 40; step++) {
        atStep.set(step, JSON.stringify(await weightBits(trainer)));
        await trainer.advance(1);
      }
      trainer.rewind();
      const read: Promise<Record<string, number[]>>[] = [];
      await trainer.advance(40, { targetMs: 1e-6, onMetrics: () => read.push(weightBits(trainer)) });
      const known = new Set(atStep.values());
      for (const bits of await Promise.all(read)) expect(known.has(JSON.stringify(bits))).toBe(true);
      expect(read.length).toBe(40);
    });
  });

  test("destroying it ends the run with a typed error and frees its memory", async () => {
    const before = gpu().liveBytes;
    await withTrainer(gpu(), small({ validateEvery: 3 }), async (trainer) => {
      const running = rejection(trainer.train({ onMetrics: ([row]) => row && row.step > 5 && trainer.destroy() }));
      expect(await running).toMatchObject({ kind: "validation", message: expect.stringContaining("destroyed") });
      expect(await rejection(trainer.train())).toMatchObject({ kind: "validation" });
      expect(await rejection(trainer.validate())).toMatchObject({ kind: "validation" });
      expect(await rejection(trainer.weights())).toMatchObject({ kind: "validation" });
    });
    expect(gpu().liveBytes).toBe(before);
    expect(gpu().failure).toBeUndefined();
  });
});
