import type { Text } from "./text.ts";

// zod's issues carry one string each: a text in every language goes through it as JSON.

export function issueMessage(text: Text): string {
  return JSON.stringify(text);
}

export function issueText(message: string): Text {
  return JSON.parse(message) as Text;
}
