import { describe, expect, test } from "vitest";
import type { Column, ColumnValues, Dataset } from "../../src/data/dataset.ts";
import { sizeOf } from "../../src/graph/tensor.ts";
import { parseExperiment } from "../../src/nn/experiment.ts";
import { gpuBackend } from "../../src/train/gpu-backend.ts";
import { Trainer } from "../../src/train/trainer.ts";
import fixture from "../nn/fixtures/trajectories.json" with { type: "json" };
import { spread, whole } from "../nn/formula.ts";
import { sharedGpu } from "../plan/open.ts";

// Whole runs against PyTorch's: same first weights, same batches, fifty steps. What the fixture holds was written by
// fixtures/write-trajectories.py.

interface Case {
  readonly experiment: { readonly name: string; readonly optimizer: { readonly kind: string } };
  readonly input: Values;
  readonly target: Values;
  readonly samples: number;
  readonly weights: Readonly<Record<string, readonly [shape: readonly number[], scale: number, around?: number]>>;
  readonly losses: readonly number[];
}

interface Values {
  readonly shape: readonly number[];
  /** 0: numbers. */
  readonly categories: number;
  /** What the first input feature was a step before. */
  readonly echo?: boolean;
}

/**
 * Relative deviation of a loss. Where pooling and relu have kinks, float32 may take the other side of one, and from
 * there on the runs drift apart.
 */
const LIMIT = 1e-5;
const LIMITS = new Map([["digits-cnn", 1e-3]]);

const cases = fixture.cases as unknown as readonly Case[];

describe("a run of fifty steps follows PyTorch's", () => {
  const gpu = sharedGpu();

  test.each(cases.map((entry) => [entry.experiment.name, entry.experiment.optimizer.kind, entry] as const))(
    "%s with %s",
    async (name, _optimizer, entry) => {
      const losses = await lossesOf(entry);
      const limit = LIMITS.get(name) ?? LIMIT;
      expect(losses.length).toBe(entry.losses.length);
      for (const [step, loss] of losses.entries()) {
        const expected = entry.losses[step] as number;
        expect(Math.abs(loss - expected) / expected, `step ${step + 1}: ${loss}, PyTorch ${expected}`).toBeLessThan(
          limit,
        );
      }
    },
  );

  async function lossesOf(entry: Case): Promise<number[]> {
    const trainer = await Trainer.create(gpuBackend(gpu()), parseExperiment(entry.experiment), datasetOf(entry));
    try {
      const given = Object.entries(entry.weights).map(([name, [shape, scale, around]]) => {
        return [name, { shape, values: spread(name, sizeOf(shape), scale, around) }] as const;
      });
      const trained = [...(await trainer.weights()).keys()].filter((name) => !/running/i.test(name));
      expect(new Set(trained)).toEqual(new Set(given.map(([name]) => name)));
      trainer.writeWeights(new Map(given));
      const losses: number[] = [];
      await trainer.advance(entry.losses.length, {
        onMetrics: (rows) => losses.push(...rows.map(({ loss }) => loss as number)),
      });
      return losses;
    } finally {
      trainer.destroy();
    }
  }
});

function datasetOf({ experiment, input, target, samples }: Case): Dataset {
  const column = (name: string, { shape, categories }: Values): Column => ({
    name,
    shape,
    dtype: categories > 0 ? "i32" : "f32",
    ...(categories > 0 ? { categories: Array.from({ length: categories }, (_, k) => String(k)) } : {}),
  });
  const values = (what: string, { shape, categories }: Values): ColumnValues => {
    const name = `${experiment.name} ${what}`;
    const count = samples * sizeOf(shape);
    return { values: categories > 0 ? whole(name, count, categories) : spread(name, count, 1) };
  };
  const x = values("x", input);
  const all = {
    count: samples,
    columns: new Map([
      ["x", x],
      ["y", target.echo ? echoOf(x, input.shape) : values("y", target)],
    ]),
  };
  return { inputs: [column("x", input)], target: column("y", target), training: all, validation: all };
}

/** The first feature of sequences (T, F) a step later: (T, 1). */
function echoOf({ values }: ColumnValues, shape: readonly number[]): ColumnValues {
  const [steps, features] = shape as [number, number];
  return {
    values: Float32Array.from({ length: values.length / features }, (_, k) =>
      k % steps === 0 ? 0 : (values[(k - 1) * features] as number),
    ),
  };
}
