import { integer } from "../../schema/field.ts";
import { defineSource } from "../dataset.ts";
import { Random } from "../random.ts";
import { noiseField, samplesField, validationField } from "../source-fields.ts";
import { splitSamples } from "../split.ts";

/** One turn of each wave, from −1 to 1, at a phase from 0 to 1. */
const shapes = {
  sine: (phase: number) => Math.sin(2 * Math.PI * phase),
  square: (phase: number) => (phase < 0.5 ? 1 : -1),
  triangle: (phase: number) => 1 - 4 * Math.abs(phase - 0.5),
  sawtooth: (phase: number) => 2 * phase - 1,
};

/** Turns in a window: fewer may not show the corners, more leave too few values to a turn of a short window. */
const FEWEST_TURNS = 2;
const MOST_TURNS = 5;

/** Windows (length, 1) of waves of four shapes, of any phase, frequency and strength. */
export const waveformsSource = defineSource({
  kind: "waveforms",
  task: "classification",
  label: { en: "Waveforms", zh: "波形" },
  help: {
    en: "Sine, square, triangle and sawtooth waves to be told apart, whatever their pitch and strength.",
    zh: "辨别正弦波、方波、三角波和锯齿波，无论频率高低、强弱如何。",
  },
  words: {
    wave: { en: "wave", zh: "波形" },
    class: { en: "class", zh: "类别" },
    sine: { en: "sine", zh: "正弦波" },
    square: { en: "square", zh: "方波" },
    triangle: { en: "triangle", zh: "三角波" },
    sawtooth: { en: "sawtooth", zh: "锯齿波" },
  },
  fields: {
    samples: samplesField(4000),
    validation: validationField(0.2),
    length: integer({
      label: { en: "Length", zh: "长度" },
      help: { en: "How many values a wave is given by.", zh: "每个波形由多少个数值表示。" },
      min: 16,
      max: 1024,
      default: 64,
    }),
    noise: noiseField(0.05, {
      en: "Standard deviation of the normal noise added to every value.",
      zh: "加在每个数值上的正态噪声的标准差。",
    }),
  },
  load: ({ samples, validation, length, noise }, seed) => {
    const random = new Random(seed, "waveforms");
    const kinds = Object.values(shapes);
    const waves = new Float32Array(samples * length);
    const labels = new Int32Array(samples);
    for (let k = 0; k < samples; k++) {
      const label = k % kinds.length;
      const shape = kinds[label] as (phase: number) => number;
      const turnsPerStep = random.uniform(FEWEST_TURNS, MOST_TURNS) / length;
      const start = random.uniform();
      const strength = random.uniform(0.5, 1.5);
      for (let t = 0; t < length; t++) {
        waves[k * length + t] = random.normal(strength * shape((start + t * turnsPerStep) % 1), noise);
      }
      labels[k] = label;
    }
    const columns = new Map<string, typeof waves | typeof labels>([
      ["wave", waves],
      ["class", labels],
    ]);
    return {
      inputs: [{ name: "wave", shape: [length, 1], dtype: "f32" }],
      target: { name: "class", shape: [], dtype: "i32", categories: Object.keys(shapes) },
      ...splitSamples(columns, samples, validation, seed),
    };
  },
});
