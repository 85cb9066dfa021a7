import { expect } from "vitest";
import { dataSources } from "../src/data/sources.ts";
import { layers } from "../src/nn/layers.ts";
import { losses } from "../src/nn/losses.ts";
import { metrics } from "../src/nn/metrics.ts";
import { problemOf } from "../src/train/problem.ts";

/** What has no other name in Chinese: kinds, formats, values as they are written, the types of arrays, and Top-3. */
const NAMES: ReadonlySet<string> = new Set([
  ...[...dataSources, ...layers, ...losses, ...metrics].flatMap(({ kind }) => kind.match(/[A-Za-z]+/g) ?? []),
  ...["CSV", "IDX", "UTF", "NUL", "JSON", "gzip", "txt", "null", "true", "false", "NaN", "Infinity"],
  ...["Int", "Float", "Uint", "Array", "Top"],
]);

/** Texts in quotes, the path that a sentence begins with, names in a row, and the name of what is to be set or may be meant. */
const QUOTED = [
  /"(\\.|[^"\\])*"/g,
  /“[^”]*”/g,
  /^[\w.[\]]+ /,
  /[\w-]+((、| → )[\w-]+)+/g,
  /(?<=(把|是否想写) )[\w-]+/g,
];

/** An error of the engine must be told to visitors in Chinese to the last word. */
export function expectChinese(error: unknown): void {
  const { zh } = problemOf(error).text;
  expect(zh).toMatch(/\p{Script=Han}{2}/u);
  const prose = QUOTED.reduce((rest, pattern) => rest.replaceAll(new RegExp(pattern, "g"), " "), zh);
  const words = prose.match(/[A-Za-z]{3,}/g) ?? [];
  expect(
    words.filter((word) => !NAMES.has(word)),
    zh,
  ).toEqual([]);
}
