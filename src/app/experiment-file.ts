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
    if (!(error instanceof LinkError) || error.fault.kind !== "notJson") throw error;
    const { locateJsonError } = await import("../schema/locate-json-error.ts");
    const { line, column } = locateJsonError(text);
    throw new FileError({ kind: "noJsonAt", line, column });
  }
}
