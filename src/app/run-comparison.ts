import type { Experiment, NodeSpec } from "../train/protocol.ts";
import { differs } from "./change.ts";
import type { ChosenPart } from "./run-changes.ts";

/** A setting of an experiment, as data: the screen puts it into words. */
export type Setting =
  | { readonly kind: "choice"; readonly part: ChosenPart }
  | { readonly kind: "field"; readonly part: ChosenPart; readonly of: string; readonly field: string }
  | { readonly kind: "setting"; readonly setting: "batchSize" | "shuffle" | "seed" }
  | { readonly kind: "node"; readonly id: string }
  | { readonly kind: "nodeField"; readonly id: string; readonly layer: string; readonly field: string };

/** A setting that is not the same in all experiments, with its value in each; undefined where one has no such setting. */
export interface DifferingSetting {
  readonly setting: Setting;
  readonly values: readonly unknown[];
}

const PARTS: readonly ChosenPart[] = ["data", "optimizer", "schedule", "loss"];
const SETTINGS = ["batchSize", "shuffle", "seed"] as const;

/** What tells experiments from each other, part by part. */
export function differingSettings(experiments: readonly Experiment[]): DifferingSetting[] {
  const settings = experiments.map(settingsOf);
  const keys = new Map(settings.flatMap((all) => [...all].map(([key, { setting }]) => [key, setting] as const)));
  return [...keys].flatMap(([key, setting]): DifferingSetting[] => {
    const values = settings.map((all) => all.get(key)?.value);
    const first = values[0];
    if (!values.some((value) => differs(value, first))) return [];
    // Of a layer or a choice that only some have, its name says enough.
    if (setting.kind === "nodeField" && values.includes(undefined)) return [];
    return [{ setting, values }];
  });
}

type Settings = Map<string, { readonly setting: Setting; readonly value: unknown }>;

function settingsOf(experiment: Experiment): Settings {
  const settings: Settings = new Map();
  for (const part of PARTS) {
    const { kind, ...fields } = experiment[part];
    settings.set(part, { setting: { kind: "choice", part }, value: kind });
    for (const [field, value] of Object.entries(fields)) {
      settings.set(`${part}.${field}`, { setting: { kind: "field", part, of: kind, field }, value });
    }
  }
  for (const setting of SETTINGS)
    settings.set(setting, { setting: { kind: "setting", setting }, value: experiment[setting] });
  for (const node of experiment.model.nodes) addNode(settings, node);
  return settings;
}

function addNode(settings: Settings, { id, layer, at: _, ...fields }: NodeSpec): void {
  settings.set(`nodes.${id}`, { setting: { kind: "node", id }, value: layer });
  for (const [field, value] of Object.entries(fields)) {
    settings.set(`nodes.${id}.${layer}.${field}`, { setting: { kind: "nodeField", id, layer, field }, value });
  }
}
