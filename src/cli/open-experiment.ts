import { readFile, stat } from "node:fs/promises";
import { fileError, grouped } from "../data/data-error.ts";
import { jsonFault } from "../data/formats/json-fault.ts";
import { readText } from "../data/formats/text.ts";
import { DescentError } from "../errors.ts";
import { type Experiment, parseExperiment } from "../nn/experiment.ts";
import { presets } from "../nn/presets.ts";
import { locateJsonError } from "../schema/locate-json-error.ts";
import { nearestName } from "../schema/nearest-name.ts";
import { UsageError } from "./usage-error.ts";

/** Objects and lists within each other; an experiment has a few. */
const MAX_DEPTH = 32;

/** More than a model of as many layers as there may be can take. */
const MAX_FILE_BYTES = 2 ** 22;

/**
 * The experiment of a preset's name or of a JSON file. Throws a UsageError where there is no such preset or file, and
 * "data" or "experiment" where the file holds something else, with the file's name and the place in it.
 */
export async function openExperiment(nameOrPath: string): Promise<Experiment> {
  const preset = presets.find(({ name }) => name === nameOrPath);
  if (preset !== undefined) return parseExperiment(await preset.load());
  const value = await readJson(nameOrPath);
  try {
    return parseExperiment(value);
  } catch (error) {
    if (!(error instanceof DescentError)) throw error;
    throw new DescentError(error.kind, `${nameOrPath}: ${error.message}`, {}, { cause: error });
  }
}

async function readJson(path: string): Promise<unknown> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(nothingThere(path));
  if (!found.isFile()) throw new UsageError(`"${path}" is no file; give the path of an experiment's JSON file`);
  if (found.size > MAX_FILE_BYTES) {
    const sizes = `${grouped(found.size)} bytes, an experiment has at most ${grouped(MAX_FILE_BYTES)}`;
    throw new UsageError(`"${path}" has ${sizes}; give the path of an experiment's JSON file`);
  }
  const text = readText({ name: path, bytes: new Uint8Array(await readFile(path)) }, MAX_FILE_BYTES);
  const value = parseJson(path, text);
  const fault = jsonFault(text, MAX_DEPTH);
  if (fault === undefined) return value;
  throw fileError(path, `${fault}; correct the file`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { line, column, found } = locateJsonError(text);
    const problem = `is not JSON: line ${line}, column ${column}: ${found} does not belong there`;
    throw fileError(path, `${problem}; correct the file`, { cause });
  }
}

function nothingThere(name: string): string {
  const names = presets.map((preset) => preset.name);
  if (name.endsWith(".json")) return `there is no file "${name}" in ${process.cwd()}; check its path`;
  const nearest = nearestName(name, names);
  const guess = nearest === undefined ? "" : `did you mean ${nearest}? `;
  return `there is no preset and no file "${name}"; ${guess}presets: ${names.join(", ")}`;
}
