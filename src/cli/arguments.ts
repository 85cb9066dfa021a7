import { parseArgs } from "node:util";
import { nearestName } from "../schema/nearest-name.ts";
import { UsageError } from "./usage-error.ts";

/** What the terminal is asked for. */
export type Command = { readonly kind: "help" } | { readonly kind: "list" } | TrainCommand;

export interface TrainCommand {
  readonly kind: "train";
  /** A preset's name or the path of an experiment file. */
  readonly experiment: string;
  readonly steps: number | undefined;
  /** May be a part of one. */
  readonly epochs: number | undefined;
  /** Samples a step. */
  readonly batch: number | undefined;
  readonly seed: number | undefined;
  /** Path of a file or folder to learn from. */
  readonly data: string | undefined;
  /** Path of the file for the weights. */
  readonly save: string | undefined;
  readonly json: boolean;
}

export const help = `Trains a network in the terminal, on the GPU.

  npm run -s train -- <preset | experiment.json> [options]

  --steps N      end after N steps, instead of where the experiment says
  --epochs N     end after N passes over the training data; of both, the first that is reached
  --batch N      samples a step, instead of as many as the experiment says
  --seed S       seed of the initial weights, the order of samples and all other random numbers
  --data PATH    learn from these files: a folder of IDX images, a .csv or a .txt
  --save FILE    write the weights to this .safetensors file at the end, if they are finite
  --json         one JSON object a line on standard output, and nothing else
  --list         the presets
  --help         this text

Ctrl-C ends the training, says where it stood and saves if --save was given.
Exit code: 0 done, 1 the training failed or needs more than the GPU has, 2 a wrong name, file, field or model,
130 stopped by Ctrl-C.
`;

const options = {
  steps: { type: "string" },
  epochs: { type: "string" },
  batch: { type: "string" },
  seed: { type: "string" },
  data: { type: "string" },
  save: { type: "string" },
  json: { type: "boolean" },
  list: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** Reads what stands behind `train`. Throws a UsageError that names the argument and the cure. */
export function readArguments(args: readonly string[]): Command {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === "option") check(token);
  if (values.help === true) return { kind: "help" };
  if (values.list === true) return { kind: "list" };
  const [experiment, another] = positionals;
  if (experiment === undefined || experiment === "") {
    throw new UsageError("name what to train: a preset (--list shows them) or an experiment file");
  }
  if (another !== undefined) {
    throw new UsageError(`one experiment at a time: "${experiment}" and then "${another}"; leave one of them out`);
  }
  const text = (name: keyof typeof options) => values[name] as string | undefined;
  return {
    kind: "train",
    experiment,
    steps: numberOf("--steps", text("steps"), { whole: true, min: 1, max: 1e9 }),
    epochs: numberOf("--epochs", text("epochs"), { whole: false, min: 0.001, max: 1e6 }),
    batch: numberOf("--batch", text("batch"), { whole: true, min: 1, max: 65536 }),
    seed: numberOf("--seed", text("seed"), { whole: true, min: 0, max: 2 ** 32 - 1 }),
    data: text("data"),
    save: text("save"),
    json: values.json === true,
  };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function check({ name, rawName, value, inlineValue }: OptionToken): void {
  const option = Object.hasOwn(options, name) ? options[name as keyof typeof options] : undefined;
  if (option === undefined) {
    const nearest = nearestName(name, Object.keys(options));
    const guess = nearest === undefined ? "" : `; did you mean --${nearest}?`;
    const all = Object.keys(options).map((known) => `--${known}`);
    throw new UsageError(`there is no option ${rawName}${guess || `; there are ${all.join(", ")}`}`);
  }
  if (option.type === "boolean") {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value; write ${rawName} alone`);
    return;
  }
  const missing = value === undefined || value === "" || (inlineValue !== true && value.startsWith("--"));
  if (missing) throw new UsageError(`${rawName} needs a value behind it: ${rawName} ${EXAMPLES[name]}`);
}

const EXAMPLES: Readonly<Record<string, string>> = {
  steps: "500",
  epochs: "2",
  batch: "32",
  seed: "42",
  data: "../data/mnist",
  save: "weights.safetensors",
};

interface Range {
  readonly whole: boolean;
  readonly min: number;
  readonly max: number;
}

function numberOf(option: string, text: string | undefined, { whole, min, max }: Range): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  throw new UsageError(`${option} is "${text}"; give a ${whole ? "whole number" : "number"} from ${min} to ${max}`);
}
