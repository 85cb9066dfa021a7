import { dataSources } from "../data/sources.ts";
import { type Experiment, parseExperiment } from "../nn/experiment.ts";
import type { TrainCommand } from "./arguments.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The experiment as the command wants it: its end, batch size, seed, and the data source `dataKind` that reads the files
 * given. Of the experiment's data stays what the two sources both have, such as the length of a window.
 */
export function withOptions(
  experiment: Experiment,
  { steps, epochs, batch, seed }: Pick<TrainCommand, "steps" | "epochs" | "batch" | "seed">,
  dataKind: string | undefined,
): Experiment {
  const { data, stop } = experiment;
  const ends = steps !== undefined || epochs !== undefined;
  const never = { steps: null, epochs: null, loss: null, accuracy: null, patience: null };
  return parseExperiment({
    ...experiment,
    data: dataKind === undefined ? requireNoFiles(data) : readBy(dataKind, data),
    stop: ends ? { ...never, steps: steps ?? null, epochs: epochs ?? null } : stop,
    batchSize: batch ?? experiment.batchSize,
    seed: seed ?? experiment.seed,
  });
}

function readBy(kind: string, data: Experiment["data"]): Record<string, unknown> {
  if (kind === data.kind) return data;
  const before = sourceOf(data.kind)?.fields ?? {};
  // Fields of one name but of two kinds are two things: the target of digits is a choice, that of a table a column.
  const common = Object.entries(sourceOf(kind)?.fields ?? {}).filter(
    ([name, field]) => before[name]?.kind === field.kind,
  );
  return { kind, ...Object.fromEntries(common.map(([name]) => [name, data[name]])) };
}

function requireNoFiles(data: Experiment["data"]): Experiment["data"] {
  const files = sourceOf(data.kind)?.files;
  if (files === undefined) return data;
  throw new UsageError(`the experiment's data are files (${data.kind}); name them: --data PATH`);
}

function sourceOf(kind: string) {
  return dataSources.find((source) => source.kind === kind);
}
