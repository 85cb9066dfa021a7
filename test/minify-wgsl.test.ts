import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { functionText } from "../src/graph/codegen/functions.ts";
import { minified, minifyWgsl } from "../vite/minify-wgsl.ts";

const folder = fileURLToPath(new URL("../shaders", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".wgsl"));
const read = (name: string) => readFileSync(join(folder, name), "utf8");

/** The lines of code, without comments and the blanks around them. */
const linesOf = (wgsl: string) =>
  wgsl.split(/\s*(?:\/\/[^\n]*)?\n\s*/).filter((line) => line !== "" && !line.startsWith("//"));

test("a shader keeps its lines, without comments, indentation and empty lines", () => {
  const wgsl =
    "// Adds.\n\nfn add(a: f32,\n  b: f32) -> f32 {\n  // a / b // c\n  return a / b + a; // not a // b\n}\n";
  expect(minified(wgsl)).toBe("fn add(a: f32,\nb: f32) -> f32 {\nreturn a / b + a;\n}");
});

describe("every shader", () => {
  test.each(files)("%s is the same code", (name) => {
    const wgsl = read(name);
    // Such a comment would stay.
    expect(wgsl).not.toContain("/*");
    const small = minified(wgsl);
    expect(small.length).toBeLessThan(wgsl.length);
    expect(small).not.toMatch(/\/\/|^\s|\s$/m);
    expect(small.split("\n")).toEqual(linesOf(wgsl));
    // What is taken out of a shader, or put in its place, is found in both.
    for (const [, hook] of wgsl.matchAll(/\bfn\s+(\w+)\s*\(/g)) {
      const text = functionText(wgsl, hook as string);
      expect(functionText(small, hook as string), hook).toBe(minified(text as string));
    }
  });
});

test("a build reads shaders through it, and nothing else", async () => {
  const { apply, enforce, load } = minifyWgsl();
  expect({ apply, enforce }).toEqual({ apply: "build", enforce: "pre" });
  if (typeof load !== "function") throw new Error("load is no function");
  const loaded = (id: string) => load.call({} as ThisParameterType<typeof load>, id);
  const path = join(folder, files[0] as string);
  expect(await loaded(`${path}?raw`)).toBe(`export default ${JSON.stringify(minified(read(basename(path))))}`);
  for (const id of [path, `${path}?url`, join(folder, "../index.html?raw")]) expect(await loaded(id)).toBeUndefined();
});
