import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder, train } from "./command.ts";
import { idxFile, tiny, withLayers } from "./experiments.ts";

const { folder, write } = temporaryFolder();
write("tiny.json", tiny);
write("comma.json", '{\n  "version": 1,\n  "name": "comma",\n}\n');
write("twice.json", '{"version": 1, "name": "a", "name": "b"}');
write("unknown-field.json", withLayers({ layer: "Dense", unit: 8 }));
write("bad-value.json", { ...tiny, batchSize: 0 });
write("no-layer.json", withLayers({ layer: "Dens" }));
write("version.json", { ...tiny, version: 2 });
write("cycle.json", {
  ...tiny,
  model: { ...tiny.model, edges: [...tiny.model.edges, { from: "dense_2", to: "dense_1" }] },
});
write("shape.json", withLayers({ layer: "Conv2D" }));
write("files.json", { ...tiny, data: { kind: "textFile" } });
write("binary.json", Uint8Array.of(0x7b, 0, 0, 0xff));
write("three.txt", "abc");
for (const name of ["empty", "texts", "labels"]) mkdirSync(join(folder, name));
write("texts/one.txt", "one");
write("texts/two.txt", "two");
write("labels/train-images-idx3-ubyte", idxFile([4, 1, 1], [1, 2, 3, 4]));
write("labels/train-labels-idx1-ubyte", idxFile([4], [0, 1, 0, 7]));
write("two-classes.json", { ...withLayers({ layer: "Flatten" }), data: { kind: "idxImages", classes: 2 } });
write("weights.bin", "");

/** What the line on standard error has to name, and the cure. */
const mistakes: readonly (readonly [args: readonly string[], ...parts: readonly string[]])[] = [
  [[], "preset", "--list"],
  [["tiny.json", "--step", "5"], "--step", "did you mean --steps?"],
  [["spiral-mpl"], '"spiral-mpl"', "did you mean spiral-mlp?", "digits-cnn", "addition-seq"],
  [["missing.json"], '"missing.json"', folder, "check its path"],
  [["empty"], '"empty"', "JSON file"],
  [["comma.json"], "comma.json", "line 4, column 1", "correct the file"],
  [["twice.json"], "twice.json", '"name" twice', "take one of the two away"],
  [["binary.json"], "binary.json", "UTF-8"],
  [["unknown-field.json"], "unknown-field.json", "model.nodes[1]", '"unit"', "units"],
  [["bad-value.json"], "bad-value.json: batchSize is 0", "give a whole number from 1"],
  [["no-layer.json"], "model.nodes[1].layer", '"Dens"', "Dense"],
  [["version.json"], "version is 2", "version 1"],
  [["cycle.json"], "dense_1", "dense_2"],
  [["shape.json"], "Conv2D", '"layer_1"'],
  [["files.json"], "textFile", "--data"],
  [["tiny.json", "--data", "mnist"], "--data", '"mnist"', "check its path"],
  [["tiny.json", "--data", "empty"], "--data", '"empty"', "train-images-idx3-ubyte"],
  [["tiny.json", "--data", "weights.bin"], "--data", '"weights.bin"', ".csv"],
  [["tiny.json", "--data", "texts"], "--data", "one.txt, two.txt", "name one of them"],
  [["text-lstm", "--data", "three.txt"], '"three.txt"', "characters"],
  [["two-classes.json", "--data", "labels"], "train-labels-idx1-ubyte", "7"],
  [["tiny.json", "--save", "nowhere/weights.safetensors"], "--save", "nowhere", "make the folder"],
  [["tiny.json", "--save", "empty"], "--save", '"empty"', "weights.safetensors"],
];

describe("a mistake in the command or its files ends with exit code 2 and one line that names it and the cure", () => {
  test.concurrent.each(mistakes)("%j", async (args, ...parts) => {
    const { code, stdout, stderr } = await train([...args, ...(args.length > 0 ? ["--json"] : [])], folder);
    for (const part of parts) expect(stderr).toContain(part);
    expect(stderr).toMatch(/^train: [^\n]+\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("a failure that is no mistake of the command ends with exit code 1 and a line", () => {
  test("a loss that is no number any more: the layer and a lower rate", async () => {
    const lines = {
      ...withLayers({ layer: "Dense", activation: "linear" }),
      optimizer: { kind: "sgd", learningRate: 1e9 },
    };
    write("diverges.json", lines);
    const { code, stdout, stderr } = await train(["diverges.json", "--json", "--save", "w.safetensors"], folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^train: [^\n]*"(layer_1|output)"[^\n]*lower the learning rate[^\n]*\n$/);
    expect(stdout).toContain('{"event":"plan"');
    expect(stdout).not.toContain('"event":"done"');
  });

  test("no GPU and no software driver: what to install", async () => {
    const none = join(folder, "none");
    const hidden = { VK_ICD_FILENAMES: none, VK_DRIVER_FILES: none, PATH: none, PLAYWRIGHT_BROWSERS_PATH: none };
    const { code, stdout, stderr } = await train(["tiny.json", "--json"], folder, hidden);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("no WebGPU adapter");
    expect(stderr).toContain("npx playwright install chromium");
  });
});
