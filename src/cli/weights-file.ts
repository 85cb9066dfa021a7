import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type WrittenTensor, writeSafetensors } from "../data/formats/safetensors.ts";
import type { Experiment } from "../nn/experiment.ts";
import { UsageError } from "./usage-error.ts";

/** Makes sure that a file can be written at a path, so that no training is lost at its end. Throws a UsageError. */
export async function requireWritable(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there !== undefined && !there.isFile()) {
    throw new UsageError(`--save: "${path}" is no file; give the path of one, such as weights.safetensors`);
  }
  const draft = draftOf(path);
  try {
    await (await open(draft, "w")).close();
    await rm(draft);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    const folder = dirname(resolve(path));
    throw new UsageError(
      `--save: no file can be written in ${folder}${reason}; make the folder, or choose another path`,
      { cause: error },
    );
  }
}

/**
 * Writes the weights with their experiment as safetensors. The file appears at once and whole: a full disk or an
 * interrupt leaves what was there before.
 */
export async function writeWeights(
  path: string,
  weights: ReadonlyMap<string, WrittenTensor>,
  experiment: Experiment,
): Promise<void> {
  const bytes = writeSafetensors(weights, { format: "pt", experiment: JSON.stringify(experiment) });
  const draft = draftOf(path);
  try {
    const file = await open(draft, "w");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** In the same folder, as only there a rename is one step. */
function draftOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
}
