import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// Plants an import for every pair of layers in a folder of its own, has the linter look at them with the project's
// settings, and compares what it refuses with the directions as they are meant to be.

const layers = ["schema", "gpu", "graph", "nn", "data", "train", "cli", "app", "ui"] as const;
type Layer = (typeof layers)[number];

/** What a layer may import besides itself. Of `train` and `nn`, `app` may take only some files: see below. */
const mayImport: Record<Layer, readonly Layer[]> = {
  schema: [],
  gpu: ["schema"],
  graph: ["schema", "gpu"],
  nn: ["schema", "graph", "gpu", "data"],
  data: ["schema"],
  train: ["schema", "nn", "graph", "gpu", "data"],
  cli: ["schema", "train", "nn", "data", "gpu"],
  app: ["schema"],
  ui: ["schema", "app"],
};

interface Planted {
  readonly file: string;
  readonly line: string;
  readonly refused: boolean;
}

const between = layers.flatMap((from) =>
  layers
    .filter((to) => to !== from)
    .flatMap((to): Planted[] => {
      const refused = !mayImport[from].includes(to);
      return [
        { file: `src/${from}/to-${to}.ts`, line: `import "../${to}/some-file.ts";`, refused },
        { file: `src/${from}/inner/to-${to}.ts`, line: `import "../../${to}/inner/some-file.ts";`, refused },
      ];
    }),
);

/** Ways round the directions, refused in every layer whatever they lead to. */
const roundabout = layers.flatMap((from) =>
  [
    "./../train/spiral.ts",
    "./inner/../../train/spiral.ts",
    "../app/../train/spiral.ts",
    ".././train/spiral.ts",
    "../../src/graph/compile.ts",
    "/src/graph/compile.ts",
    "../../test/models/mlp.ts",
    "../../e2e/page.ts",
    "../../bench/networks.ts",
    "../../scripts/stop.mjs",
    "webgpu",
  ].flatMap((path, k): Planted[] => [
    { file: `src/${from}/round-${k}.ts`, line: `import "${path}";`, refused: true },
    { file: `src/${from}/inner/round-${k}.ts`, line: `await import("${deeper(path)}");`, refused: true },
  ]),
);

/** The same import from a folder deeper. */
function deeper(path: string): string {
  if (path.startsWith("./..")) return path.replace("./..", "./../..");
  return path.startsWith("../") ? `../${path}` : path;
}

const special: Planted[] = [
  { file: "src/app/protocol.ts", line: `import "../train/protocol.ts";`, refused: false },
  { file: "src/app/inner/protocol.ts", line: `import "../../train/protocol.ts";`, refused: false },
  { file: "src/app/trainer.ts", line: `import "../train/trainer.ts";`, refused: true },
  { file: "src/app/views.ts", line: `import "../train/view-protocol.ts";`, refused: false },
  { file: "src/app/presets.ts", line: `import "../nn/presets.ts";`, refused: false },
  { file: "src/app/inner/presets.ts", line: `import "../../nn/presets.ts";`, refused: false },
  { file: "src/app/edit.ts", line: `import "../nn/new-node.ts";`, refused: false },
  { file: "src/app/repair.ts", line: `import "../nn/repair-model.ts";`, refused: false },
  { file: "src/app/limits.ts", line: `import "../nn/model-limits.ts";`, refused: false },
  { file: "src/app/experiment.ts", line: `import "../nn/experiment.ts";`, refused: true },
  { file: "src/app/layer.ts", line: `import "../nn/layers/dense.ts";`, refused: true },
  { file: "src/app/optimizer.ts", line: `import "../nn/optimizers/adam.ts";`, refused: true },
  { file: "src/app/type.ts", line: `import type { Tensor } from "../graph/tensor.ts";`, refused: true },
  { file: "src/app/re-export.ts", line: `export * from "../gpu/device.ts";`, refused: true },
  { file: "src/app/dynamic.ts", line: `await import("../gpu/device.ts");`, refused: true },
  { file: "src/app/text.ts", line: `import "../data/sources/iris.csv?raw";`, refused: true },
  { file: "src/app/react.ts", line: `import "react";`, refused: true },
  { file: "src/nn/layers/react.ts", line: `import "react-dom/client";`, refused: true },
  { file: "src/ui/react.ts", line: `import "react";`, refused: false },
  { file: "src/ui/charts/own-data.ts", line: `import "../data/table.ts";`, refused: false },
  { file: "src/ui/charts/round.ts", line: `import "../charts/../../train/spiral.ts";`, refused: true },
  { file: "src/ui/own-data.ts", line: `import "./data/table.ts";`, refused: false },
  { file: "src/gpu/node-gpu.ts", line: `await import("webgpu");`, refused: false },
  { file: "src/gpu/inner/node-gpu.ts", line: `await import("webgpu");`, refused: true },
  { file: "src/graph/ops/own-file.ts", line: `import "./add.ts";`, refused: false },
  { file: "src/graph/passes/own-folder.ts", line: `import "../ops/add.ts";`, refused: false },
  { file: "src/graph/ops/add.test.ts", line: `import "../../../test/ops/profiles.ts";`, refused: false },
  { file: "src/graph/ops/sub.test.ts", line: `import "../../../bench/networks.ts";`, refused: true },
  { file: "src/graph/ops/mul.test.ts", line: `import "../../nn/optimizers/adam.ts";`, refused: true },
  { file: "src/graph/ops/shader.ts", line: `import "../../../shaders/matmul.wgsl?raw";`, refused: false },
];

const planted = [...between, ...roundabout, ...special];

describe("the linter keeps the import directions", () => {
  let folder = "";
  let refusals = new Set<string>();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "descent-imports-"));
    const settings = JSON.parse(readFileSync("biome.json", "utf8"));
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ ...settings, vcs: { enabled: false } }));
    for (const { file, line } of planted) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), `${line}\n`);
    }
    refusals = refusedIn(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(planted)("$file: $line refused: $refused", ({ file, refused }) => {
    expect(refusals.has(file)).toBe(refused);
  });
});

/** The files under a folder in which the linter refuses an import. */
function refusedIn(folder: string): Set<string> {
  const args = ["lint", "--only=style/noRestrictedImports", "--reporter=json", "--max-diagnostics=none", folder];
  const biome = join("node_modules", "@biomejs", "biome", "bin", "biome");
  const { stdout } = spawnSync(process.execPath, [biome, ...args, `--config-path=${folder}`], { encoding: "utf8" });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] };
  const refusals = diagnostics.filter(({ category }) => category === "lint/style/noRestrictedImports");
  return new Set(refusals.map(({ location }) => location.path.replaceAll("\\", "/").replace(/^.*?(?=src\/)/, "")));
}
