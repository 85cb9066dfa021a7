import type { Catalogue, Experiment } from "../../train/protocol.ts";
import { toBase64Url } from "./base64url.ts";
import { compressed } from "./compression.ts";
import { type LinkParts, linkHash } from "./hash.ts";
import { makePatch } from "./make-patch.ts";

/** What a link starts from: a preset, or the empty network, as the engine has read it. */
export interface LinkBase {
  readonly name: string;
  readonly experiment: Experiment;
}

/** What a teacher adds. */
export type LinkLesson = Omit<LinkParts, "preset" | "changes">;

export const NO_LESSON: LinkLesson = { hidden: [], note: undefined, runs: false };

/** The part of an address, from "#" on, that leads to an experiment. It may be longer than a link is allowed to be. */
export async function encodeLink(
  experiment: Experiment,
  { name, experiment: base }: LinkBase,
  catalogue: Catalogue,
  lesson = NO_LESSON,
): Promise<string> {
  const patch = makePatch(base, experiment, catalogue);
  const isUnchanged = Object.keys(patch).length === 0;
  const changes = isUnchanged ? undefined : toBase64Url(await compressed(JSON.stringify(patch)));
  return linkHash({ preset: name, changes, ...lesson });
}
