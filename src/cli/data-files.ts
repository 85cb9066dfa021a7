import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { grouped } from "../data/data-error.ts";
import type { DataFile } from "../data/dataset.ts";
import { dataSources } from "../data/sources.ts";
import { UsageError } from "./usage-error.ts";

/** Files to learn from, and the data source that reads them. */
export interface GivenData {
  readonly kind: string;
  readonly files: readonly DataFile[];
}

/** Sources by the names of their files; in a folder, the first of them that finds any. */
const READERS = [
  { kind: "idxImages", pattern: /(image|label).*(idx|ubyte)/i, single: false },
  { kind: "csvTable", pattern: /\.(csv|tsv)$/i, single: true },
  { kind: "textFile", pattern: /\.(txt|md|text)$/i, single: true },
] as const;

const READABLE = "IDX images and labels (train-images-idx3-ubyte.gz …), a .csv or a .txt";

/** All files together. */
const MAX_BYTES = 2 ** 30;

/**
 * Reads the file at a path, or those of a folder that belong together; `kind` is the experiment's own source, which
 * reads the file if it can. Throws a UsageError where there is nothing, or nothing that can be read, or more than
 * 1 GiB: sizes are looked at before anything is read.
 */
export async function readData(path: string, kind: string): Promise<GivenData> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new UsageError(`--data: there is no file or folder "${path}" in ${process.cwd()}; check its path`);
  }
  if (found.isDirectory()) return readFolder(path);
  const reader = READERS.find(({ pattern }) => pattern.test(basename(path)));
  if (reader === undefined || !found.isFile()) {
    throw new UsageError(`--data: "${path}" is no file that can be read; give ${READABLE}`);
  }
  if (reader.single && accepts(kind, path)) return { kind, files: await readAll([path]) };
  // Images and their labels lie in several files: one of them stands for its folder.
  if (!reader.single) return readFolder(join(path, ".."));
  return { kind: reader.kind, files: await readAll([path]) };
}

async function readFolder(folder: string): Promise<GivenData> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  for (const { kind, pattern, single } of READERS) {
    const fitting = names.filter((name) => pattern.test(name)).sort();
    if (fitting.length === 0) continue;
    if (single && fitting.length > 1) {
      const list = `${fitting.slice(0, 3).join(", ")}${fitting.length > 3 ? " …" : ""}`;
      throw new UsageError(`--data: "${folder}" has ${fitting.length} files (${list}); name one of them`);
    }
    return { kind, files: await readAll(fitting.map((name) => join(folder, name))) };
  }
  throw new UsageError(`--data: the folder "${folder}" has no file that can be read; give ${READABLE}`);
}

/** Whether a source reads files with such an ending. */
function accepts(kind: string, path: string): boolean {
  const accept = dataSources.find((source) => source.kind === kind)?.files?.accept ?? "";
  return accept !== "" && accept.split(",").some((ending) => path.toLowerCase().endsWith(ending));
}

async function readAll(paths: readonly string[]): Promise<DataFile[]> {
  let bytes = 0;
  for (const path of paths) {
    const found = await stat(path);
    if (!found.isFile()) throw new UsageError(`--data: "${path}" is no file; take it away or name another folder`);
    bytes += found.size;
  }
  if (bytes > MAX_BYTES) {
    const sizes = `${grouped(bytes)} bytes, at most ${grouped(MAX_BYTES)} are read`;
    throw new UsageError(`--data: ${paths.join(", ")}: ${sizes}; give a part of them`);
  }
  return Promise.all(
    paths.map(async (path) => ({ name: basename(path), bytes: new Uint8Array(await readFile(path)) })),
  );
}
