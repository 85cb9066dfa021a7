import { DescentError } from "../errors.ts";
import { ModelError } from "../nn/model-error.ts";
import type { Problem } from "./protocol.ts";

/** An error as a message can carry it. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof DescentError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "unknown", text: { en: message, zh: message }, repairs: [] };
  }
  const { kind, node, message } = error;
  const place = node === undefined ? {} : { node };
  if (error instanceof ModelError) return { kind, text: error.text, ...place, repairs: error.repairs };
  return { kind, text: { en: message, zh: message }, ...place, repairs: [] };
}
