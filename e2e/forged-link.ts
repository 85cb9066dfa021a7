import { deflateSync } from "node:zlib";

/** The hash of a link to a preset with changes as they stand, whatever they are. */
export function forgedLink(changes: object, preset = "spiral-mlp"): string {
  return forgedText(JSON.stringify(changes), preset);
}

export function forgedText(text: string, preset = "spiral-mlp"): string {
  return `#e=1.${preset}.${deflateSync(text).toString("base64url")}`;
}
