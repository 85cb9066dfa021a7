import type { Dataset } from "./dataset.ts";
import { Random } from "./random.ts";
import { noiseField, samplesField, validationField } from "./source-fields.ts";
import { splitSamples } from "./split.ts";

/** A point of the plane: x to the right, y up. */
export type Point = readonly [x: number, y: number];

/** What sets of points have in common. */
export interface PointsConfig {
  readonly samples: number;
  readonly validation: number;
  readonly noise: number;
}

/** The fields of a set of points in classes. */
export function pointFields(noise: number) {
  return {
    samples: samplesField(1000),
    validation: validationField(0.3),
    noise: noiseField(noise, {
      en: "Standard deviation of the normal noise added to both coordinates.",
      zh: "加在两个坐标上的正态噪声的标准差。",
    }),
  };
}

/** The fields of a surface over the plane. */
export function surfaceFields(noise: number) {
  return {
    samples: samplesField(1000),
    validation: validationField(0.3),
    noise: noiseField(noise, {
      en: "Standard deviation of the normal noise added to the target.",
      zh: "加在目标值上的正态噪声的标准差。",
    }),
  };
}

export const pointWords = { point: { en: "point", zh: "点" }, class: { en: "class", zh: "类别" } };

/**
 * Points (2) in `classes` classes of equal size, within about [-1, 1]². `draw` gives a point of a class, to which
 * normal noise is added. `kind` names the stream of random numbers.
 */
export function pointsInClasses(
  kind: string,
  config: PointsConfig,
  seed: number,
  classes: readonly string[],
  draw: (label: number, random: Random) => Point,
): Dataset {
  const { samples, validation, noise } = config;
  const random = new Random(seed, kind);
  const points = new Float32Array(2 * samples);
  const labels = new Int32Array(samples);
  for (let k = 0; k < samples; k++) {
    const label = k % classes.length;
    const [x, y] = draw(label, random);
    points[2 * k] = random.normal(x, noise);
    points[2 * k + 1] = random.normal(y, noise);
    labels[k] = label;
  }
  const columns = new Map<string, typeof points | typeof labels>([
    ["point", points],
    ["class", labels],
  ]);
  return {
    inputs: [{ name: "point", shape: [2], dtype: "f32" }],
    target: { name: "class", shape: [], dtype: "i32", categories: classes },
    ...splitSamples(columns, samples, validation, seed),
  };
}

export const surfaceWords = { point: pointWords.point, height: { en: "height", zh: "高度" } };

/** Points (2) all over [-1, 1]² and the height (1) of a surface above each, with normal noise. */
export function pointsOnSurface(
  kind: string,
  config: PointsConfig,
  seed: number,
  height: (x: number, y: number) => number,
): Dataset {
  const { samples, validation, noise } = config;
  const random = new Random(seed, kind);
  const points = Float32Array.from({ length: 2 * samples }, () => random.uniform(-1, 1));
  const heights = new Float32Array(samples);
  for (let k = 0; k < samples; k++) {
    heights[k] = random.normal(height(points[2 * k] as number, points[2 * k + 1] as number), noise);
  }
  const columns = new Map([
    ["point", points],
    ["height", heights],
  ]);
  return {
    inputs: [{ name: "point", shape: [2], dtype: "f32" }],
    target: { name: "height", shape: [1], dtype: "f32" },
    ...splitSamples(columns, samples, validation, seed),
  };
}
