import { expect, test } from "vitest";
import type { DataSource } from "../../src/data/dataset.ts";
import { dampedOscillatorSource } from "../../src/data/sources/damped-oscillator.ts";
import { sineMixtureSource } from "../../src/data/sources/sine-mixture.ts";
import { waveformsSource } from "../../src/data/sources/waveforms.ts";
import { load } from "./load.ts";
import { allSamples } from "./source-samples.ts";

/** Whole series: each window with what follows it. */
async function seriesOf(source: DataSource, config: Record<string, unknown>): Promise<number[][]> {
  const { inputs, targets } = allSamples(await load(source, [], { samples: 300, noise: 0, ...config }));
  return inputs.map((window, k) => [...window, ...(targets[k] as number[])]);
}

/**
 * The p and q for which x[t] = p · x[t−1] + q · x[t−2] holds best, and the largest error left. An oscillation
 * rᵗ cos(ωt + φ) obeys it with p = 2r cos ω and q = −r².
 */
function recurrence(series: readonly number[]) {
  const rows = series.slice(2).map((value, k) => [value, series[k + 1] as number, series[k] as number] as const);
  const sum = (of: (row: readonly [number, number, number]) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  const [aa, ab, bb] = [sum(([, a]) => a * a), sum(([, a, b]) => a * b), sum(([, , b]) => b * b)];
  const [ya, yb] = [sum(([y, a]) => y * a), sum(([y, , b]) => y * b)];
  const determinant = aa * bb - ab * ab;
  const p = (ya * bb - yb * ab) / determinant;
  const q = (yb * aa - ya * ab) / determinant;
  return { p, q, error: Math.max(...rows.map(([y, a, b]) => Math.abs(y - p * a - q * b))) };
}

test("a series of one sine goes on beyond its window as a sine of 6 to 40 steps a turn", async () => {
  const periods: number[] = [];
  for (const series of await seriesOf(sineMixtureSource, { waves: 1, length: 30, horizon: 10 })) {
    const { p, q, error } = recurrence(series);
    expect(error).toBeLessThan(1e-5);
    expect(q).toBeCloseTo(-1, 3);
    periods.push((2 * Math.PI) / Math.acos(p / 2));
  }
  expect(Math.min(...periods)).toBeGreaterThan(5.9);
  expect(Math.max(...periods)).toBeLessThan(41);
  // Half of them below √(6 · 40) steps.
  expect(Math.abs(periods.filter((period) => period < Math.sqrt(240)).length - 150)).toBeLessThan(5 * Math.sqrt(75));
});

test.each([1, 2, 5])("series of %d sines have a mean of 0 and a variance of 1", async (waves) => {
  const values = (await seriesOf(sineMixtureSource, { waves, samples: 2000, length: 100 })).flat();
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(variance).toBeCloseTo(1, 1);
});

test("a damped oscillator keeps half to 95 % of its swing from one turn to the next", async () => {
  for (const series of await seriesOf(dampedOscillatorSource, { length: 60, horizon: 4 })) {
    const { p, q, error } = recurrence(series);
    expect(error).toBeLessThan(1e-5);
    const ratio = Math.sqrt(-q);
    const period = (2 * Math.PI) / Math.acos(p / (2 * ratio));
    expect(period).toBeGreaterThan(7.9);
    expect(period).toBeLessThan(32.5);
    expect(ratio ** period).toBeGreaterThan(0.49);
    expect(ratio ** period).toBeLessThan(0.96);
    expect(Math.max(...series.map(Math.abs))).toBeLessThanOrEqual(1);
  }
});

test("noise is on the values to be told as on those of the window", async () => {
  const config = { samples: 1000, length: 20, horizon: 20 };
  const clean = await seriesOf(sineMixtureSource, config);
  const noisy = await seriesOf(sineMixtureSource, { ...config, noise: 0.1 });
  for (const [from, to] of [
    [0, 20],
    [20, 40],
  ]) {
    const errors = noisy.flatMap((series, k) =>
      series.map((value, t) => value - (clean[k]?.[t] as number)).slice(from, to),
    );
    const variance = errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
    expect(Math.abs(variance / 0.01 - 1)).toBeLessThan(5 * Math.sqrt(2 / errors.length));
  }
});

test("a waveform without noise has the shape its class says", async () => {
  const { inputs, targets } = allSamples(await load(waveformsSource, [], { samples: 400, noise: 0, length: 100 }));
  for (const [k, wave] of inputs.entries()) {
    const strength = Math.max(...wave.map(Math.abs));
    const steps = wave.slice(1).map((value, t) => value - (wave[t] as number));
    const bends = steps.slice(1).filter((step, t) => Math.abs(step - (steps[t] as number)) > 1e-5).length;
    expect(strength).toBeGreaterThan(0.45);
    expect(strength).toBeLessThan(1.5 + 1e-6);
    switch (targets[k]?.[0]) {
      case 0:
        expect(recurrence(wave).error).toBeLessThan(1e-4);
        break;
      case 1:
        expect(new Set(wave.map(Math.abs)).size).toBe(1);
        expect(new Set(wave.map(Math.sign))).toEqual(new Set([1, -1]));
        break;
      case 2:
        // Straight but for two corners a turn, each of which may bend it at two steps, and 5 turns at most.
        expect(bends).toBeLessThanOrEqual(22);
        expect(steps.filter((step) => step < 0).length).toBeGreaterThan(25);
        break;
      case 3:
        // Always up, but for one drop a turn.
        expect(steps.filter((step) => step < 0).length).toBeLessThanOrEqual(6);
        expect(Math.min(...steps)).toBeLessThan(-strength);
        break;
      default:
        throw new Error(`class ${targets[k]}`);
    }
  }
});
