import type { DataFile, Dataset } from "../data/dataset.ts";
import type { Experiment } from "../nn/experiment.ts";
import { loadDataset } from "./load-dataset.ts";

/** Loads data sets, and keeps the last one: most changes of an experiment leave its data alone. */
export class Datasets {
  #files: readonly DataFile[] = [];
  #key: string | undefined;
  #dataset: Promise<Dataset> | undefined;

  /** The samples of an experiment; `files` take the place of those given before. */
  load(experiment: Experiment, files?: readonly DataFile[]): Promise<Dataset> {
    const key = JSON.stringify([experiment.data, experiment.seed]);
    if (files !== undefined) this.#files = files;
    if (this.#dataset === undefined || this.#key !== key || files !== undefined) {
      this.#key = key;
      this.#dataset = loadDataset(experiment, this.#files);
      // Another try may have the files that were missing.
      this.#dataset.catch(() => {
        if (this.#key === key) this.#dataset = undefined;
      });
    }
    return this.#dataset;
  }
}
