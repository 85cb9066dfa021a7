import { presets } from "../../nn/presets.ts";
import { EMPTY, emptyExperiment } from "../empty-experiment.ts";

/** What links start from: the presets, and the empty network. Gives the JSON; undefined where there is none of the name. */
export function loadBase(name: string): Promise<unknown> | undefined {
  if (name === EMPTY) return Promise.resolve(emptyExperiment);
  return presets.find((preset) => preset.name === name)?.load();
}
