import { integer } from "../../schema/field.ts";
import { defineSource } from "../dataset.ts";
import { forecastFields, forecasts, forecastWords } from "../forecasts.ts";

/** Steps to a turn. Shorter ones would not look like waves, longer ones not turn within a window. */
const SHORTEST_PERIOD = 6;
const LONGEST_PERIOD = 40;

/** Windows of sums of sine waves, and what follows. Each series has a mean of 0 and a variance of 1. */
export const sineMixtureSource = defineSource({
  kind: "sineMixture",
  task: "forecasting",
  label: { en: "Sine mixture", zh: "正弦混合" },
  help: {
    en: "Sums of sine waves; every series has frequencies, phases and strengths of its own.",
    zh: "若干正弦波之和；每条序列的频率、相位和强度各不相同。",
  },
  words: forecastWords,
  fields: {
    ...forecastFields,
    waves: integer({
      label: { en: "Waves", zh: "正弦波数" },
      help: { en: "How many sine waves are added up in each series.", zh: "每条序列由多少个正弦波相加而成。" },
      min: 1,
      max: 6,
      default: 2,
    }),
  },
  load: (config, seed) =>
    forecasts("sineMixture", config, seed, (random) => {
      const waves = Array.from({ length: config.waves }, () => ({
        // Every ratio of periods is as likely wherever it lies, as with the notes of a scale.
        turn: (2 * Math.PI) / (SHORTEST_PERIOD * (LONGEST_PERIOD / SHORTEST_PERIOD) ** random.uniform()),
        phase: random.uniform(0, 2 * Math.PI),
        strength: random.uniform(0.3, 1),
      }));
      // The variance of s · sin is s² / 2.
      const deviation = Math.sqrt(waves.reduce((sum, { strength }) => sum + strength ** 2 / 2, 0));
      return (time) =>
        waves.reduce((sum, { turn, phase, strength }) => sum + strength * Math.sin(turn * time + phase), 0) / deviation;
    }),
});
