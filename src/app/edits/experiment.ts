import type {
  Catalogue,
  Entry,
  Experiment,
  Fields,
  OptimizerDescription,
  SourceDescription,
} from "../../train/protocol.ts";
import { defaultsOf } from "./defaults.ts";
import { fitted, targetOf } from "./fit-target.ts";

// Edits of what surrounds the model: data, loss, optimizer, schedule, stop conditions. Each gives the next experiment, or
// the same one where nothing changes.

/** Edits of one value that stands in the experiment as it is. */
export function setValue<K extends "name" | "batchSize" | "shuffle" | "validateEvery" | "seed">(
  experiment: Experiment,
  key: K,
  value: Experiment[K],
): Experiment {
  return experiment[key] === value ? experiment : { ...experiment, [key]: value };
}

/**
 * Another data source. Where what is to be learned is of another kind then, loss, metrics and last layer come along, as
 * far as that is known before the data is read.
 */
export function setData(
  experiment: Experiment,
  source: SourceDescription,
  catalogue: Catalogue,
  outputNode: string | undefined,
): Experiment {
  if (experiment.data.kind === source.kind) return experiment;
  const data = { kind: source.kind, ...defaultsOf(source.fields) };
  return withData(experiment, data, catalogue, outputNode);
}

export function setDataField(
  experiment: Experiment,
  field: string,
  value: unknown,
  catalogue: Catalogue,
  outputNode: string | undefined,
): Experiment {
  const { data } = withField(experiment, "data", field, value);
  return data === experiment.data ? experiment : withData(experiment, data, catalogue, outputNode);
}

function withData(
  experiment: Experiment,
  data: Experiment["data"],
  catalogue: Catalogue,
  outputNode: string | undefined,
): Experiment {
  const [before, after] = [targetOf(experiment.data, catalogue), targetOf(data, catalogue)];
  return fitted({ ...experiment, data }, after, catalogue, { outputNode, keepsEither: before === after });
}

/**
 * Another optimizer. The learning rate goes to the new one's own where it was the old one's own; what else was changed
 * stays, in the fields that both have.
 */
export function setOptimizer(
  experiment: Experiment,
  next: OptimizerDescription,
  { optimizers, optimizerFields }: Catalogue,
): Experiment {
  const before = experiment.optimizer;
  if (before.kind === next.kind) return experiment;
  const old = optimizers.find(({ kind }) => kind === before.kind);
  const optimizer = {
    kind: next.kind,
    ...pick(before, Object.keys(optimizerFields)),
    ...defaultsOf(next.fields),
    ...(old && changedIn(before, old.fields, next.fields)),
    ...(before.learningRate === old?.learningRate && { learningRate: next.learningRate }),
  };
  return { ...experiment, optimizer: optimizer as Experiment["optimizer"] };
}

export function setOptimizerField(experiment: Experiment, field: string, value: unknown): Experiment {
  return withField(experiment, "optimizer", field, value);
}

export function setLoss(experiment: Experiment, next: Entry): Experiment {
  if (experiment.loss.kind === next.kind) return experiment;
  return { ...experiment, loss: { kind: next.kind, ...defaultsOf(next.fields) } };
}

export function setLossField(experiment: Experiment, field: string, value: unknown): Experiment {
  return withField(experiment, "loss", field, value);
}

/** Another schedule; the warm-up stays, and the fields that both have. */
export function setSchedule(experiment: Experiment, next: Entry, { schedules }: Catalogue): Experiment {
  const before = experiment.schedule;
  if (before.kind === next.kind) return experiment;
  const old = schedules.find(({ kind }) => kind === before.kind);
  const schedule = {
    kind: next.kind,
    warmup: before.warmup,
    ...defaultsOf(next.fields),
    ...(old && changedIn(before, old.fields, next.fields)),
  };
  return { ...experiment, schedule };
}

export function setScheduleField(experiment: Experiment, field: string, value: unknown): Experiment {
  return withField(experiment, "schedule", field, value);
}

/** Whether a metric is measured; they keep the order of the catalogue. */
export function setMetric(
  experiment: Experiment,
  metric: string,
  isMeasured: boolean,
  { metrics }: Pick<Catalogue, "metrics">,
): Experiment {
  if (experiment.metrics.includes(metric) === isMeasured) return experiment;
  const chosen = new Set(experiment.metrics);
  if (isMeasured) chosen.add(metric);
  else chosen.delete(metric);
  return { ...experiment, metrics: metrics.map(({ kind }) => kind).filter((kind) => chosen.has(kind)) };
}

export function setStop<K extends keyof Experiment["stop"]>(
  experiment: Experiment,
  condition: K,
  value: Experiment["stop"][K],
): Experiment {
  if (experiment.stop[condition] === value) return experiment;
  return { ...experiment, stop: { ...experiment.stop, [condition]: value } };
}

/** A whole number from 0 to 2³² − 1 that is not the one at hand. */
export function drawSeed(before: number): number {
  const [drawn] = crypto.getRandomValues(new Uint32Array(1));
  return drawn === before ? (before + 1) % 2 ** 32 : (drawn as number);
}

function withField(
  experiment: Experiment,
  part: "data" | "optimizer" | "loss" | "schedule",
  field: string,
  value: unknown,
): Experiment {
  if (experiment[part][field] === value) return experiment;
  return { ...experiment, [part]: { ...experiment[part], [field]: value } };
}

function pick(values: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));
}

/** The values that differ from the old defaults, of fields that the new ones have too. */
function changedIn(values: Readonly<Record<string, unknown>>, old: Fields, next: Fields): Record<string, unknown> {
  const names = Object.keys(old).filter((name) => name in next && values[name] !== old[name]?.default);
  return pick(values, names);
}
