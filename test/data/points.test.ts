import { expect, test } from "vitest";
import type { DataSource } from "../../src/data/dataset.ts";
import { circleSource } from "../../src/data/sources/circle.ts";
import { gaussiansSource } from "../../src/data/sources/gaussians.ts";
import { moonsSource } from "../../src/data/sources/moons.ts";
import { planeSource } from "../../src/data/sources/plane.ts";
import { ridgeSource } from "../../src/data/sources/ridge.ts";
import { spiralSource } from "../../src/data/sources/spiral.ts";
import { xorSource } from "../../src/data/sources/xor.ts";
import { load } from "./load.ts";
import { allSamples } from "./source-samples.ts";

/** Every point with its target. */
async function pointsOf(source: DataSource, config: Record<string, unknown> = {}) {
  const { inputs, targets } = allSamples(await load(source, [], { noise: 0, ...config }));
  return inputs.map(([x, y], k) => ({ x: x as number, y: y as number, target: targets[k]?.[0] as number }));
}

test.each([circleSource, xorSource, spiralSource, moonsSource, planeSource, ridgeSource])(
  "$kind fills [-1, 1] from side to side, and no more",
  async (source) => {
    const points = await pointsOf(source);
    const xs = points.map(({ x }) => x);
    for (const { x, y } of points) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1);
    expect(Math.max(...xs)).toBeGreaterThan(0.8);
    expect(Math.min(...xs)).toBeLessThan(-0.8);
  },
);

test("a circle's inside points are within half the radius, its outside points in the ring around it", async () => {
  for (const { x, y, target } of await pointsOf(circleSource)) {
    const radius = Math.hypot(x, y);
    expect(target === 0 ? radius < 0.5 : radius >= 0.7 - 1e-6 && radius < 1 + 1e-6).toBe(true);
  }
});

test("the class of an xor point is whether its signs differ", async () => {
  for (const { x, y, target } of await pointsOf(xorSource)) expect(target).toBe(x * y > 0 ? 0 : 1);
});

test("a cloud lies around its middle with the deviation asked for", async () => {
  const points = await pointsOf(gaussiansSource, { samples: 20_000, noise: 0.2 });
  for (const [label, centre] of [0.4, -0.4].entries()) {
    const values = points.filter(({ target }) => target === label).flatMap(({ x, y }) => [x, y]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length;
    expect(Math.abs(mean - centre)).toBeLessThan((5 * 0.2) / Math.sqrt(values.length));
    expect(Math.abs(variance / 0.04 - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
  }
});

test.each([2, 3, 5])("each of %d arms is the first one turned round", async (arms) => {
  const points = await pointsOf(spiralSource, { arms });
  expect(new Set(points.map(({ target }) => target)).size).toBe(arms);
  for (const { x, y, target } of points) {
    const turns = Math.atan2(x, y) / (2 * Math.PI) - 1.75 * Math.hypot(x, y) - target / arms;
    expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-5);
  }
});

test("moons are half circles with the middles and radii of make_moons", async () => {
  for (const { x, y, target } of await pointsOf(moonsSource)) {
    // As make_moons has them: (cos t, sin t) and (1 − cos t, ½ − sin t), t from 0 to π.
    const [wide, high] = [1.5 * x + 0.5, 1.5 * y + 0.25];
    const [centreX, centreY] = target === 0 ? [0, 0] : [1, 0.5];
    expect(Math.hypot(wide - centreX, high - centreY)).toBeCloseTo(1, 5);
    expect(target === 0 ? high > -1e-6 : high < 0.5 + 1e-6).toBe(true);
  }
});

test("a plane's height is half of x + y", async () => {
  for (const { x, y, target } of await pointsOf(planeSource)) expect(target).toBeCloseTo((x + y) / 2, 6);
});

test("a ridge is 1 along its winding crest and falls off to both sides", async () => {
  const points = await pointsOf(ridgeSource, { samples: 5000 });
  for (const { x, y, target } of points) {
    const distance = Math.abs(y - Math.sin(Math.PI * x) / 2);
    expect(target).toBeCloseTo(Math.exp(-(distance ** 2) / 0.09), 5);
  }
  expect(Math.max(...points.map(({ target }) => target))).toBeGreaterThan(0.999);
});

test("noise moves points by its deviation, and a surface's noise only its height", async () => {
  const noise = 0.05;
  const surface = await pointsOf(planeSource, { samples: 20_000, noise });
  const variance = surface.reduce((sum, { x, y, target }) => sum + (target - (x + y) / 2) ** 2, 0) / surface.length;
  expect(Math.sqrt(variance) / noise).toBeCloseTo(1, 1);
  for (const { x, y } of surface) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1);

  const moons = await pointsOf(moonsSource, { samples: 20_000, noise });
  // Across its half circle a point is only moved by the noise; the curve of it counts for a thousandth.
  const across = moons.map(({ x, y, target }) => {
    const [centreX, centreY] = target === 0 ? [0, 0] : [1, 0.5];
    return Math.hypot(1.5 * x + 0.5 - centreX, 1.5 * y + 0.25 - centreY) / 1.5 - 1 / 1.5;
  });
  const deviation = Math.sqrt(across.reduce((sum, off) => sum + off ** 2, 0) / across.length);
  expect(deviation / noise).toBeCloseTo(1, 1);
});
