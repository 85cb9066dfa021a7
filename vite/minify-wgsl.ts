import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";

const QUERY = "?raw";

/**
 * Ships shaders without their comments and indentation, which are a third of them. For builds alone: while developing,
 * what runs is what stands in the file.
 */
export function minifyWgsl(): Plugin {
  return {
    name: "minify-wgsl",
    apply: "build",
    // Before Vite reads the file itself.
    enforce: "pre",
    async load(id) {
      if (!id.endsWith(`.wgsl${QUERY}`)) return undefined;
      const wgsl = await readFile(id.slice(0, -QUERY.length), "utf8");
      return `export default ${JSON.stringify(minified(wgsl))}`;
    },
  };
}

/** The same tokens on the same lines: the code that takes shaders apart goes by them. WGSL has no texts with // in them. */
export function minified(wgsl: string): string {
  const lines = wgsl.split("\n").map((line) => line.replace(/\/\/.*$/, "").trim());
  return lines.filter((line) => line !== "").join("\n");
}
