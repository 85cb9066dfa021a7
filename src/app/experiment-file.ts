import type { Experiment } from "../train/protocol.ts";
import { LinkError } from "./link/link-error.ts";
import { readJson } from "./link/read-json.ts";
import type { FileFault } from "./refusal.ts";

/** Bytes of the largest file that is read as an experiment. */
const MAX_FILE = 1024 * 1024;

/** A file that cannot be an experiment. */
export class FileError extends Error {
  readonly fault: FileFault;

  constructor(fault: FileFault) {
    super(JSON.stringify(fault));
    this.name = "FileError";
    this.fault = fault;
  }
}

/** An experiment as a file to keep: "spiral-mlp.descent.json". */
export function experimentFile(experiment: Experiment): File {
  // What no file system forbids stays.
  const name = experiment.name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "-").replace(/^\.+/, "");
  const text = `${JSON.stringify(experiment, undefined, 2)}\n`;
  return new File([text], `${name || "experiment"}.descent.json`, { type: "application/json" });
}

/** The JSON of a file, as the engine is to read it. Throws a `FileError`, or a `LinkError` for what no JSON may have. */
export async function readExperimentFile(file: File): Promise<unknown> {
  if (file.size > MAX_FILE) throw new FileError({ kind: "fileTooLarge", size: file.size, limit: MAX_FILE });
  const text = await file.text().catch(() => {
    throw new FileError({ kind: "fileUnreadable" });
  });
  try {
    return readJson(text);
  } catch (error) {
    const place = error instanceof LinkError && error.fault.kind === "notJson" ? placeOfFault(text) : undefined;
    throw place === undefined ? error : new FileError({ kind: "noJsonAt", ...place });
  }
}

/** Where JSON goes wrong, from 1 on; undefined where the browser does not say. */
function placeOfFault(text: string): { line: number; column: number } | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
    if (line !== undefined) return { line: Number(line), column: Number(column) };
    const [, position] = /position (\d+)/.exec(message) ?? [];
    if (position === undefined && !/end of/i.test(message)) return undefined;
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split("\n");
    return { line: before.length, column: (before.at(-1) as string).length + 1 };
  }
}
