import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder, train } from "./command.ts";
import { idxFile, tiny, withLayers } from "./experiments.ts";

const { folder, write } = temporaryFolder();
write("tiny.json", tiny);
write("comma.json", '{\n  "version": 1,\n  "name": "comma",\n}\n');
write("unknown-field.json", withLayers({ layer: "Dense", unit: 8 }));
write("cycle.json", {
  ...tiny,
  model: { ...tiny.model, edges: [...tiny.model.edges, { from: "dense_2", to: "dense_1" }] },
});
write("shape.json", withLayers({ layer: "Conv2D" }));
// A batch of 65,535 samples of 65,535 numbers: 16 GiB.
write("large.json", {
  ...withLayers({ layer: "Dense", units: 65_535 }),
  data: { kind: "xor", samples: 100_000 },
  batchSize: 65_535,
});
write("few.csv", `x,kind\n${Array.from({ length: 12 }, (_, k) => `${k},${k % 2 ? "odd" : "even"}`).join("\n")}\n`);
write("three.txt", "abc");
mkdirSync(join(folder, "labels"));
write("labels/train-images-idx3-ubyte", idxFile([4, 1, 1], [1, 2, 3, 4]));
write("labels/train-labels-idx1-ubyte", idxFile([4], [0, 1, 0, 7]));
write("two-classes.json", { ...withLayers({ layer: "Flatten" }), data: { kind: "idxImages", classes: 2 } });

/** What the line on standard error has to name, and the cure. */
const mistakes: readonly (readonly [args: readonly string[], ...parts: readonly string[]])[] = [
  [[], "preset", "--list"],
  [["tiny.json", "--step", "5"], "--step", "did you mean --steps?"],
  [["spiral-mpl"], '"spiral-mpl"', "did you mean spiral-mlp?", "digits-cnn", "addition-seq"],
  [["comma.json"], "comma.json", "line 4, column 1", "correct the file"],
  [["unknown-field.json"], "unknown-field.json", "model.nodes[1]", '"unit"', "units"],
  [["cycle.json"], "dense_1", "dense_2"],
  [["shape.json"], "Conv2D", '"layer_1"'],
  [["tiny.json", "--data", "mnist"], "--data", '"mnist"', "check its path"],
  [["text-lstm", "--data", "three.txt"], "--data three.txt", "3 characters", "choose a longer text"],
  [["two-classes.json", "--data", "labels"], "train-labels-idx1-ubyte", "sample 4 is 7", 'set "classes"'],
  [["tiny.json", "--data", "few.csv"], "batch size is 20", "8 training samples", "batch size of at most 8"],
  [["tiny.json", "--save", "tiny.json"], "--save", '"tiny.json"', ".safetensors"],
  [["tiny.json", "--data", "few.csv", "--save", "few.csv"], "--save", '"few.csv"', ".safetensors"],
  [["tiny.json", "--save", "nowhere/weights.safetensors"], "--save", "nowhere", "make the folder"],
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

  test("a model that is too large for the GPU", async () => {
    const { code, stdout, stderr } = await train(["large.json", "--json"], folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^train: [^\n]*65535×65535 needs 17179344900 bytes[^\n]*\n$/);
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
