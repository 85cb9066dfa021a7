import { defineSource } from "../dataset.ts";
import { forecastFields, forecasts, forecastWords } from "../forecasts.ts";

/** Steps to a turn. */
const SHORTEST_PERIOD = 8;
const LONGEST_PERIOD = 32;
/** Of the swing after one turn, what part of the swing before is left. */
const LEAST_LEFT = 0.5;
const MOST_LEFT = 0.95;

/** Windows of oscillations that die down, a · exp(−γt) · cos(ωt + φ) with 0.5 ≤ a < 1, and what follows. */
export const dampedOscillatorSource = defineSource({
  kind: "dampedOscillator",
  task: "forecasting",
  label: { en: "Damped oscillator", zh: "阻尼振子" },
  help: {
    en: "A weight on a spring that comes to rest; every series has a spring and friction of its own.",
    zh: "弹簧上逐渐静止的重物；每条序列的弹簧和摩擦各不相同。",
  },
  words: forecastWords,
  fields: forecastFields,
  load: (config, seed) =>
    forecasts("dampedOscillator", config, seed, (random) => {
      const period = random.uniform(SHORTEST_PERIOD, LONGEST_PERIOD);
      const decay = -Math.log(random.uniform(LEAST_LEFT, MOST_LEFT)) / period;
      const phase = random.uniform(0, 2 * Math.PI);
      const swing = random.uniform(0.5, 1);
      return (time) => swing * Math.exp(-decay * time) * Math.cos((2 * Math.PI * time) / period + phase);
    }),
});
