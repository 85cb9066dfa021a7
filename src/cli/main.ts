import type { DataFile, Dataset } from "../data/dataset.ts";
import { DescentError, type ErrorKind } from "../errors.ts";
import type { Experiment } from "../nn/experiment.ts";
import { presets } from "../nn/presets.ts";
import { loadDataset } from "../train/load-dataset.ts";
import { help, readArguments, type TrainCommand } from "./arguments.ts";
import { readData } from "./data-files.ts";
import { JsonLines } from "./json-lines.ts";
import { openExperiment } from "./open-experiment.ts";
import type { Output } from "./output.ts";
import { TerminalLines } from "./terminal-lines.ts";
import { trainExperiment } from "./train-experiment.ts";
import { UsageError } from "./usage-error.ts";
import { requireWritable } from "./weights-file.ts";
import { withOptions } from "./with-options.ts";

const DONE = 0;
const FAILED = 1;
const WRONG_INPUT = 2;
const INTERRUPTED = 130;

/** Errors that lie in what was given, on every machine; what needs more than this GPU has is a failure. */
const OF_THE_INPUT: readonly ErrorKind[] = ["experiment", "data", "graph", "shape"];

/** The trainer in a terminal: `args` are what stands behind `npm run train --`. Gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  endWhereNobodyReads();
  try {
    const command = readArguments(args);
    switch (command.kind) {
      case "help":
        process.stdout.write(help);
        return DONE;
      case "list":
        process.stdout.write(listOfPresets());
        return DONE;
      case "train":
        return await train(command);
    }
  } catch (error) {
    return tell(error);
  }
}

async function train(command: TrainCommand): Promise<number> {
  const written = await openExperiment(command.experiment);
  const given = command.data === undefined ? undefined : await readData(command.data, written.data.kind);
  if (command.save !== undefined) await requireWritable(command.save, [command.experiment, ...(given?.paths ?? [])]);
  const experiment = withOptions(written, command, given?.kind);
  const output: Output = command.json
    ? new JsonLines((text) => process.stdout.write(text))
    : new TerminalLines(process.stdout, experiment);
  try {
    output.preparing("Preparing the data");
    const dataset = await load(experiment, given?.files ?? [], command.data);
    output.preparing("Compiling for the GPU");
    return (await trainExperiment(experiment, dataset, output, command.save)) ? DONE : INTERRUPTED;
  } finally {
    output.end();
  }
}

/** An error in the files says which `--data` they came by. */
async function load(experiment: Experiment, files: readonly DataFile[], path: string | undefined): Promise<Dataset> {
  try {
    return await loadDataset(experiment, files);
  } catch (error) {
    if (path === undefined || !(error instanceof DescentError)) throw error;
    throw new DescentError(error.kind, `--data ${path}: ${error.message}`, {}, { cause: error });
  }
}

function listOfPresets(): string {
  const width = Math.max(...presets.map(({ name }) => name.length));
  return presets.map(({ name, sentence }) => `${name.padEnd(width)}  ${sentence.en}\n`).join("");
}

/** One line on standard error; the whole of an error that nobody foresaw. Gives the exit code. */
function tell(error: unknown): number {
  const foreseen = error instanceof UsageError || error instanceof DescentError || isOfTheSystem(error);
  console.error(foreseen ? `train: ${error.message.trim().replace(/\s+/g, " ")}` : error);
  const wrongInput = error instanceof DescentError ? OF_THE_INPUT.includes(error.kind) : error instanceof UsageError;
  return wrongInput ? WRONG_INPUT : FAILED;
}

/** Of a file: no space left on the disk, no permission. Its message says what, where and why. */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/** Who pipes into `head` has read enough: no error. */
function endWhereNobodyReads(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(DONE);
  });
}
