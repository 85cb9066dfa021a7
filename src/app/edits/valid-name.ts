import { MAX_NAME, NAME_PATTERN } from "../../nn/model-limits.ts";

export { MAX_NAME };

/** What an experiment or a group is called that was named so; undefined where that is empty, or of several lines. */
export function validName(name: string): string | undefined {
  const trimmed = [...name.trim()].slice(0, MAX_NAME).join("");
  return NAME_PATTERN.test(trimmed) ? trimmed : undefined;
}
