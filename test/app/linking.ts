import { deflateSync } from "node:zlib";
import { decodeLink } from "../../src/app/link/decode-link.ts";
import { LinkError, type LinkFault } from "../../src/app/link/link-error.ts";
import type { DescentError } from "../../src/errors.ts";
import { type Experiment, parseExperiment } from "../../src/nn/experiment.ts";
import { presets } from "../../src/nn/presets.ts";
import { catalogue } from "../../src/train/catalogue.ts";
import { expectChinese } from "../chinese.ts";

// What the tests of links share: the engine's strict reading, and links made by hand.

export const parse = async (json: unknown): Promise<Experiment> => parseExperiment(json);

export const everything = catalogue();

/** Each preset as the engine reads it. */
export const bases = await Promise.all(
  presets.map(async ({ name, load }) => ({ name, experiment: parseExperiment(await load()) })),
);

export function base(name: string) {
  const found = bases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no preset "${name}"`);
  return found;
}

/** A link of changes as they stand, whatever they are. */
export function forged(changes: unknown, preset = "spiral-mlp"): string {
  return forgedText(typeof changes === "string" ? changes : JSON.stringify(changes), preset);
}

export function forgedText(text: string, preset = "spiral-mlp"): string {
  return `#e=1.${preset}.${deflateSync(text).toString("base64url")}`;
}

/** Why a link is refused: the fault of the link itself, or what the engine says of the experiment. */
export async function refusal(hash: string): Promise<LinkFault | string> {
  try {
    await decodeLink(hash, parse);
  } catch (error) {
    if (error instanceof LinkError) return error.fault;
    expectChinese(error);
    return (error as DescentError).message;
  }
  throw new Error("the link was opened");
}
