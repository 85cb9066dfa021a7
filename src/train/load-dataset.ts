import { checkDataset } from "../data/check-dataset.ts";
import type { DataFile, DataSource, Dataset } from "../data/dataset.ts";
import { dataSources } from "../data/sources.ts";
import type { Experiment } from "../nn/experiment.ts";
import { ofKind } from "../nn/of-kind.ts";

/** The samples of an experiment: made, or read from the files. Throws "data" with what, where and the cure. */
export async function loadDataset({ data, seed }: Experiment, files: readonly DataFile[] = []): Promise<Dataset> {
  const source = ofKind(dataSources, data.kind);
  const dataset = await source.load(data as Parameters<DataSource["load"]>[0], seed, files);
  checkDataset(dataset);
  return dataset;
}
