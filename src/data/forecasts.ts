import { integer } from "../schema/field.ts";
import type { Dataset } from "./dataset.ts";
import { Random } from "./random.ts";
import { noiseField, samplesField, validationField } from "./source-fields.ts";
import { splitSamples } from "./split.ts";

/** A value at a time; the unit is the step of a series. */
export type Signal = (time: number) => number;

/** What forecasting sources have in common. */
export interface ForecastConfig {
  readonly samples: number;
  readonly validation: number;
  readonly length: number;
  readonly horizon: number;
  readonly noise: number;
}

export const forecastFields = {
  samples: samplesField(5000),
  validation: validationField(0.2),
  length: integer({
    label: { en: "Window", zh: "窗口长度" },
    help: { en: "How many values the model sees.", zh: "模型能看到多少个数值。" },
    min: 2,
    max: 512,
    default: 32,
  }),
  horizon: integer({
    label: { en: "Horizon", zh: "预测步数" },
    help: { en: "How many of the next values it has to tell.", zh: "模型需要预测接下来的多少个数值。" },
    min: 1,
    max: 128,
    default: 1,
  }),
  noise: noiseField(0.02, {
    en: "Standard deviation of the normal noise added to every value, those to be told included.",
    zh: "加在每个数值上的正态噪声的标准差，待预测的数值也不例外。",
  }),
};

export const forecastWords = { window: { en: "window", zh: "窗口" }, next: { en: "next", zh: "后续" } };

/**
 * Windows (length, 1), each of a series of its own, and the next values (horizon). `draw` makes a series up; `kind`
 * names the stream of random numbers.
 */
export function forecasts(
  kind: string,
  config: ForecastConfig,
  seed: number,
  draw: (random: Random) => Signal,
): Dataset {
  const { samples, validation, length, horizon, noise } = config;
  const random = new Random(seed, kind);
  const windows = new Float32Array(samples * length);
  const next = new Float32Array(samples * horizon);
  for (let k = 0; k < samples; k++) {
    const signal = draw(random);
    for (let t = 0; t < length; t++) windows[k * length + t] = random.normal(signal(t), noise);
    for (let t = 0; t < horizon; t++) next[k * horizon + t] = random.normal(signal(length + t), noise);
  }
  const columns = new Map([
    ["window", windows],
    ["next", next],
  ]);
  return {
    inputs: [{ name: "window", shape: [length, 1], dtype: "f32" }],
    target: { name: "next", shape: [horizon], dtype: "f32" },
    ...splitSamples(columns, samples, validation, seed),
  };
}
