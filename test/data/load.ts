import type { DataFile, DataSource, Dataset } from "../../src/data/dataset.ts";

/** What a source makes of files, with the defaults of its fields but for `config`. */
export async function load(
  source: DataSource,
  files: readonly DataFile[],
  config: Readonly<Record<string, unknown>> = {},
  seed = 1,
): Promise<Dataset> {
  const defaults = Object.entries(source.fields).map(([name, field]) => [name, field.default]);
  const values = { ...Object.fromEntries(defaults), ...config } as Parameters<DataSource["load"]>[0];
  return await source.load(values, seed, files);
}
