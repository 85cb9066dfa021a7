import { dataSources } from "../data/sources.ts";
import { optimizerFields, scheduleFields } from "../nn/common-fields.ts";
import { layers } from "../nn/layers.ts";
import { losses } from "../nn/losses.ts";
import { metrics } from "../nn/metrics.ts";
import { optimizers } from "../nn/optimizers.ts";
import { schedules } from "../nn/schedules.ts";
import type { Catalogue } from "./protocol.ts";

/** Everything that describes itself, as plain data. */
export function catalogue(): Catalogue {
  return {
    layers: layers.map(({ build: _, ...layer }) => layer),
    dataSources: dataSources.map(({ load: _, ...source }) => source),
    losses: losses.map(({ kind, label, help, of, fields }) => ({ kind, label, help, of, fields })),
    metrics: metrics.map(({ kind, label, help, better, of }) => ({ kind, label, help, better, of })),
    optimizers: optimizers.map(({ kind, label, help, fields, learningRate }) => ({
      kind,
      label,
      help,
      fields,
      learningRate,
    })),
    schedules: schedules.map(({ kind, label, help, fields }) => ({ kind, label, help, fields })),
    optimizerFields,
    scheduleFields,
  };
}
