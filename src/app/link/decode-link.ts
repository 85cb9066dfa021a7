import { presets } from "../../nn/presets.ts";
import type { Experiment } from "../../train/protocol.ts";
import type { Hideable } from "../lesson-store.ts";
import { applyPatch } from "./apply-patch.ts";
import { fromBase64Url } from "./base64url.ts";
import { loadBase } from "./bases.ts";
import { uncompressed } from "./compression.ts";
import { readHash } from "./hash.ts";
import { LinkError } from "./link-error.ts";
import { readJson } from "./read-json.ts";

/** What a link leads to. */
export interface DecodedLink {
  readonly experiment: Experiment;
  readonly preset: string;
  readonly hidden: readonly Hideable[];
  readonly note: string | undefined;
  readonly runs: boolean;
}

/**
 * Reads the part of an address from "#" on; `parse` is the engine's, strict. Throws a `LinkError`, or what `parse` throws:
 * a link is opened as it was meant or not at all.
 */
export async function decodeLink(hash: string, parse: (json: unknown) => Promise<Experiment>): Promise<DecodedLink> {
  const { preset = (presets[0] as (typeof presets)[number]).name, changes, ...lesson } = readHash(hash);
  // Looked at before the preset is fetched, so that a bad link costs nothing.
  const patch = changes === undefined ? undefined : readJson(await uncompressed(fromBase64Url(changes)));
  const json = await loadBase(preset);
  if (json === undefined) throw new LinkError({ kind: "unknownPreset", name: preset.slice(0, 60) });
  const base = await parse(json);
  const experiment = patch === undefined ? base : await parse(applyPatch(base, patch));
  return { experiment, preset, ...lesson };
}
