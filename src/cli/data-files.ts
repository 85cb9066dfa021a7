import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { grouped } from "../data/data-error.ts";
import type { DataFile } from "../data/dataset.ts";
import { dataSources } from "../data/sources.ts";
import { UsageError } from "./usage-error.ts";

/** Files to learn from, and the data source that reads them. */
export interface GivenData {
  readonly kind: string;
  readonly files: readonly DataFile[];
  /** Of the files, in their order. */
  readonly paths: readonly string[];
}

/** Sources by the names of their files. */
const READERS = [
  { kind: "idxImages", pattern: /(image|label).*(idx|ubyte)/i, single: false },
  { kind: "csvTable", pattern: /\.(csv|tsv)$/i, single: true },
  { kind: "textFile", pattern: /\.(txt|md|text)$/i, single: true },
] as const;

const READABLE = "IDX images and labels (train-images-idx3-ubyte.gz …), a .csv or a .txt";

/** All files together. */
const MAX_BYTES = 2 ** 30;

/**
 * Reads the file at a path, or those of a folder that belong together. `kind` is the experiment's own source: it reads
 * the file if it can, and of a folder with several kinds of files those for it or for its task are meant. Throws a
 * UsageError where there is nothing, or nothing that can be read, or several things could be meant, or more than 1 GiB:
 * sizes are looked at before anything is read.
 */
export async function readData(path: string, kind: string): Promise<GivenData> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new UsageError(`--data: there is no file or folder "${path}" in ${process.cwd()}; check its path`);
  }
  if (found.isDirectory()) return readFolder(path, kind);
  const reader = READERS.find(({ pattern }) => pattern.test(basename(path)));
  if (reader === undefined || !found.isFile()) {
    throw new UsageError(`--data: "${path}" is no file that can be read; give ${READABLE}`);
  }
  if (reader.single) return readSingle(path, reader.kind, kind);
  // Images and their labels lie in several files: one of them stands for all in its folder.
  const folder = dirname(path);
  return readAll(reader.kind, pathsIn(folder, await namesIn(folder), reader.pattern));
}

async function readFolder(folder: string, kind: string): Promise<GivenData> {
  const names = await namesIn(folder);
  const found = READERS.map(({ pattern, ...reader }) => ({ ...reader, paths: pathsIn(folder, names, pattern) })).filter(
    ({ paths }) => paths.length > 0,
  );
  const ofKind = found.filter((reader) => reader.kind === kind);
  const ofTask = found.filter((reader) => sourceOf(reader.kind)?.task === sourceOf(kind)?.task);
  const [reader, another] = [ofKind, ofTask, found].find((readers) => readers.length > 0) ?? [];
  if (reader === undefined) {
    throw new UsageError(`--data: the folder "${folder}" has no file that can be read; give ${READABLE}`);
  }
  if (another !== undefined) {
    const list = [reader, another].map(({ paths }) => basename(paths[0] as string)).join(" and ");
    throw new UsageError(`--data: "${folder}" has files of several kinds (${list}); name one of them`);
  }
  if (!reader.single) return readAll(reader.kind, reader.paths);
  if (reader.paths.length > 1) {
    const shown = reader.paths.slice(0, 3).map((path) => basename(path));
    const list = `${shown.join(", ")}${reader.paths.length > 3 ? " …" : ""}`;
    throw new UsageError(`--data: "${folder}" has ${reader.paths.length} files (${list}); name one of them`);
  }
  return readSingle(reader.paths[0] as string, reader.kind, kind);
}

/** Names of the files in a folder, sorted; hidden ones left out. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith("."));
  return files.map(({ name }) => name).sort();
}

function pathsIn(folder: string, names: readonly string[], pattern: RegExp): string[] {
  return names.filter((name) => pattern.test(name)).map((name) => join(folder, name));
}

/** The experiment's own source reads a file of such an ending if it can. */
function readSingle(path: string, kind: string, own: string): Promise<GivenData> {
  const accept = sourceOf(own)?.files?.accept ?? "";
  const isOwn = accept !== "" && accept.split(",").some((ending) => path.toLowerCase().endsWith(ending));
  return readAll(isOwn ? own : kind, [path]);
}

function sourceOf(kind: string) {
  return dataSources.find((source) => source.kind === kind);
}

async function readAll(kind: string, paths: readonly string[]): Promise<GivenData> {
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
  const files = paths.map(async (path) => ({ name: basename(path), bytes: new Uint8Array(await readFile(path)) }));
  return { kind, files: await Promise.all(files), paths };
}
