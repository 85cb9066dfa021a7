import { expect, test } from "vitest";
import { sharedGpu } from "../../plan/open.ts";
import { chain, small } from "../small-run.ts";
import { distance, inRows, NEAR, Reference, withRun } from "./looking.ts";

const gpu = sharedGpu();

test("the plane says at each cell's centre what classify says of that point", () =>
  withRun(gpu(), small(), async (run) => {
    const { grid, outputs, values } = await run.look({ kind: "plane", columns: 5, rows: 4 });
    expect([outputs, values.length]).toEqual([2, 40]);
    for (const [column, row] of [
      [0, 0],
      [4, 0],
      [2, 3],
    ] as const) {
      const x = grid.x[0] + ((column + 0.5) / 5) * (grid.x[1] - grid.x[0]);
      const y = grid.y[1] - ((row + 0.5) / 4) * (grid.y[1] - grid.y[0]);
      const { probabilities } = await run.look({ kind: "classify", subject: Float32Array.of(x, y) });
      const place = 2 * (row * 5 + column);
      expect(distance(values.subarray(place, place + 2), probabilities)).toBeLessThan(1e-6);
    }
  }));

test("the plane reaches a tenth of their range beyond the training points", () =>
  withRun(gpu(), small(), async (run) => {
    const { grid } = await run.look({ kind: "plane", columns: 2, rows: 2 });
    const points = run.dataset.training.columns.get("point")?.values as Float32Array;
    for (const axis of [0, 1]) {
      const along = inRows(points, 2)
        .slice(0, run.dataset.training.count)
        .map((point) => point[axis] as number);
      const [least, largest] = [Math.min(...along), Math.max(...along)];
      const margin = (largest - least) / 10;
      expect(distance(axis === 0 ? grid.x : grid.y, [least - margin, largest + margin])).toBeLessThan(1e-6);
    }
  }));

test("over the plane a model of numbers says its number", () => {
  const surface = small({
    data: { kind: "ridge", samples: 100 },
    loss: { kind: "meanSquaredError" },
    metrics: [],
  });
  return withRun(gpu(), surface, async (run) => {
    const { grid, outputs, values } = await run.look({ kind: "plane", columns: 1, rows: 1 });
    const middle = Float32Array.of((grid.x[0] + grid.x[1]) / 2, (grid.y[0] + grid.y[1]) / 2);
    expect(outputs).toBe(1);
    expect(distance(values, (await Reference.of(run, middle)).node("output"))).toBeLessThan(NEAR);
  });
});

test("a model that reads a series has no plane, and is told so in both languages", () => {
  const series = small({
    data: { kind: "sineMixture", samples: 60, length: 6 },
    model: chain({ id: "flat", layer: "Flatten" }),
    loss: { kind: "meanSquaredError" },
    metrics: [],
  });
  return withRun(gpu(), series, async (run) => {
    await expect(run.look({ kind: "plane", columns: 4, rows: 4 })).rejects.toMatchObject({
      text: { en: expect.stringContaining("choose a data set of points"), zh: expect.stringContaining("平面点数据集") },
    });
  });
});

test("a grid of too many cells is refused", () =>
  withRun(gpu(), small(), async (run) => {
    await expect(run.look({ kind: "plane", columns: 1000, rows: 1000 })).rejects.toThrow("at most 16384 cells");
  }));
