import { readdirSync, readFileSync } from "node:fs";
import type { Messages } from "../src/ui/messages/en.ts";

/** What the screen says in a language, as its catalogue has it, to find parts of the screen by their names. */
export function wordsOf(language: "en" | "zh"): Messages {
  const folder = `src/ui/messages/${language}`;
  const areas = readdirSync(folder).map((file) => [
    file.replace(".json", ""),
    JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as unknown,
  ]);
  return Object.fromEntries(areas) as Messages;
}
