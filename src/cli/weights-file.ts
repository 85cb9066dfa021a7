import { lstat, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type WrittenTensor, writeSafetensors } from "../data/formats/safetensors.ts";
import { DescentError } from "../errors.ts";
import type { Experiment } from "../nn/experiment.ts";
import { UsageError } from "./usage-error.ts";

const EXAMPLE = "weights.safetensors";

/**
 * Makes sure that weights can be written at a path, so that no training is lost at its end, and that none of `inputs`,
 * the paths of what the command reads, is the file there. Throws a UsageError.
 */
export async function requireWritable(path: string, inputs: readonly string[]): Promise<void> {
  await refuseOtherThanWeights(path);
  const target = await behindLinks(path);
  const read = await Promise.all(inputs.map(behindLinks));
  if (read.includes(target)) {
    throw new UsageError(`--save: "${path}" is a file that this command reads; choose another path`);
  }
  const draft = draftOf(target);
  try {
    await (await open(draft, "w")).close();
    await rm(draft);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    const folder = dirname(resolve(target));
    throw new UsageError(
      `--save: no file can be written in ${folder}${reason}; make the folder, or choose another path`,
      { cause: error },
    );
  }
}

async function refuseOtherThanWeights(path: string): Promise<void> {
  if (!/\.safetensors$/i.test(path)) {
    throw new UsageError(`--save: "${path}": weights are written as .safetensors; give a path such as ${EXAMPLE}`);
  }
  const there = await stat(path).catch(() => undefined);
  if (there === undefined && (await lstat(path).catch(() => undefined)) !== undefined) {
    throw new UsageError(`--save: "${path}" is a link to nothing; remove it, or choose another path`);
  }
  if (there !== undefined && !there.isFile()) {
    throw new UsageError(`--save: "${path}" is no file; give the path of one, such as ${EXAMPLE}`);
  }
}

/**
 * Writes the weights with their experiment as safetensors. The file appears at once and whole: a full disk or an
 * interrupt leaves what was there before. Throws "diverged" before it writes where a value is not finite.
 */
export async function writeWeights(
  path: string,
  weights: ReadonlyMap<string, WrittenTensor>,
  experiment: Experiment,
): Promise<void> {
  requireFinite(weights);
  const bytes = writeSafetensors(weights, { format: "pt", experiment: JSON.stringify(experiment) });
  const target = await behindLinks(path);
  const draft = draftOf(target);
  try {
    const file = await open(draft, "w");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Names the first weight that is not finite. */
function requireFinite(weights: ReadonlyMap<string, WrittenTensor>): void {
  for (const [name, { values }] of weights) {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad === -1) continue;
    const problem = `"${name}" has ${values[bad]} as value ${bad}, which is not finite, and nothing is saved`;
    throw new DescentError("diverged", `--save: ${problem}; lower the learning rate, or train for fewer steps`);
  }
}

/** Where a path leads, past all links; itself where there is nothing. */
function behindLinks(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** In the same folder, as only there a rename is one step. */
function draftOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
}
