import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readData } from "../../src/cli/data-files.ts";
import { openExperiment } from "../../src/cli/open-experiment.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import { requireWritable, writeWeights } from "../../src/cli/weights-file.ts";
import { withOptions } from "../../src/cli/with-options.ts";
import { parseExperiment } from "../../src/nn/experiment.ts";
import { presets } from "../../src/nn/presets.ts";
import { temporaryFolder } from "./command.ts";
import { tiny, withLayers } from "./experiments.ts";

const { folder, write } = temporaryFolder();
for (const name of ["empty", "texts", "mixed", "large", "saved", "both", "images"]) mkdirSync(join(folder, name));
const at = (name: string) => join(folder, name);

describe("an experiment", () => {
  test("of a file is that of the JSON in it, with or without a byte order mark", async () => {
    write("tiny.json", tiny);
    write("marked.json", `\uFEFF${JSON.stringify(tiny)}`);
    const experiment = parseExperiment(tiny);
    expect(await openExperiment(at("tiny.json"))).toEqual(experiment);
    expect(await openExperiment(at("marked.json"))).toEqual(experiment);
  });

  test.each(presets.map(({ name }) => name))("of the preset %s has the preset's name", async (name) => {
    expect((await openExperiment(name)).name).toBe(name);
  });

  test.each([
    ["there is not", undefined, `there is no file "`, "check its path"],
    ["is a folder", "folder", "is no file"],
    ["has a key twice", '{"version": 1, "name": "a", "name": "b"}', 'has the key "name" twice', "correct the file"],
    ["is nested too deep", `${"[".repeat(33)}${"]".repeat(33)}`, "nested deeper than 32"],
    ["is binary", Uint8Array.of(0x7b, 0, 0, 0xff), "UTF-8"],
    ["is of another version", { ...tiny, version: 2 }, "version is 2", "version 1"],
    ["has a value out of range", { ...tiny, batchSize: 0 }, "batchSize is 0; give a whole number from 1"],
    ["has an unknown layer", withLayers({ layer: "Dens" }), 'model.nodes[1].layer is "Dens"', "Dense"],
    ["is no object", "[]", "wrong.json"],
  ] as const)("of a file that %s is refused with its name", async (_, content, ...parts) => {
    const path = at(content === undefined ? "missing.json" : content === "folder" ? "empty" : "wrong.json");
    if (content !== undefined && content !== "folder") write("wrong.json", content);
    for (const part of [path, ...parts]) await expect(openExperiment(path)).rejects.toThrow(part);
  });
});

describe("--data", () => {
  const digits = "glyphDigits";

  test("takes a file for the source that reads such files, or for the experiment's own", async () => {
    write("table.csv", "a,b\n1,2\n");
    write("table.txt", "a,b\n1,2\n");
    expect(await readData(at("table.csv"), digits)).toMatchObject({ kind: "csvTable", files: [{ name: "table.csv" }] });
    expect((await readData(at("table.txt"), digits)).kind).toBe("textFile");
    expect((await readData(at("table.txt"), "csvTable")).kind).toBe("csvTable");
  });

  test("reads all of a file", async () => {
    write("hello.txt", "hello");
    const [file] = (await readData(at("hello.txt"), digits)).files;
    expect(new TextDecoder().decode(file?.bytes)).toBe("hello");
  });

  test("takes of a folder the files that belong together", async () => {
    for (const name of ["t10k-images.idx3-ubyte", "train-labels-idx1-ubyte.gz", "notes.txt", ".hidden.csv"]) {
      write(`mixed/${name}`, "-");
    }
    const { kind, files, paths } = await readData(at("mixed"), digits);
    expect(kind).toBe("idxImages");
    expect(files.map(({ name }) => name)).toEqual(["t10k-images.idx3-ubyte", "train-labels-idx1-ubyte.gz"]);
    expect(paths).toEqual(files.map(({ name }) => at(`mixed/${name}`)));
  });

  test("takes of a folder with files of several kinds those of the experiment's source, or else of its task", async () => {
    write("both/a.csv", "a,b\n1,2\n");
    write("both/t.txt", "some text");
    for (const [kind, ...expected] of [
      ["corpus", "textFile", "t.txt"],
      ["textFile", "textFile", "t.txt"],
      ["csvTable", "csvTable", "a.csv"],
      ["xor", "csvTable", "a.csv"],
    ] as const) {
      const given = await readData(at("both"), kind);
      expect([given.kind, ...given.files.map(({ name }) => name)]).toEqual(expected);
    }
  });

  test("refuses a folder with files of several kinds where the experiment does not tell which", async () => {
    for (const name of ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "table.csv"])
      write(`images/${name}`, "-");
    for (const [name, kind, found] of [
      ["both", "plane", "a.csv and t.txt"],
      ["images", digits, "train-images-idx3-ubyte and table.csv"],
    ] as const) {
      const reading = readData(at(name), kind);
      await expect(reading).rejects.toBeInstanceOf(UsageError);
      await expect(reading).rejects.toThrow(
        `--data: "${at(name)}" has files of several kinds (${found}); name one of them`,
      );
    }
    expect((await readData(at("images/table.csv"), digits)).kind).toBe("csvTable");
    const images = await readData(at("images/train-images-idx3-ubyte"), digits);
    expect(images).toMatchObject({ kind: "idxImages", files: [{}, {}] });
  });

  test("refuses what is not there or cannot be read, by name and with the cure", async () => {
    write("texts/one.txt", "one");
    write("texts/two.txt", "two");
    write("weights.bin", "");
    write("large/all.txt", "");
    truncateSync(at("large/all.txt"), 2 ** 30 + 1);
    for (const [name, ...parts] of [
      ["missing", "check its path"],
      ["empty", "train-images-idx3-ubyte"],
      ["weights.bin", "is no file that can be read; give IDX images"],
      ["texts", "one.txt, two.txt", "name one of them"],
      ["large", "1,073,741,825 bytes", "give a part"],
    ] as const) {
      const reading = readData(at(name), digits);
      await expect(reading).rejects.toBeInstanceOf(UsageError);
      for (const part of ["--data", at(name), ...parts]) await expect(reading).rejects.toThrow(part);
    }
  });
});

describe("the options of the command", () => {
  const stop = { steps: 500, epochs: 3, loss: 0.1, accuracy: 0.9, patience: 2 };
  const experiment = parseExperiment({ ...tiny, data: { kind: "corpus", length: 48 }, stop });
  const none = { steps: undefined, epochs: undefined, batch: undefined, seed: undefined };

  test("leave alone what they do not name", () => {
    expect(withOptions(experiment, none, undefined)).toEqual(experiment);
  });

  test("take the place of all of the experiment's stop conditions", () => {
    const never = { steps: null, epochs: null, loss: null, accuracy: null, patience: null };
    expect(withOptions(experiment, { ...none, steps: 7 }, undefined).stop).toEqual({ ...never, steps: 7 });
    expect(withOptions(experiment, { ...none, epochs: 0.5 }, undefined).stop).toEqual({ ...never, epochs: 0.5 });
  });

  test("set the seed, 0 too", () => {
    expect(withOptions(experiment, { ...none, seed: 0 }, undefined).seed).toBe(0);
  });

  test("set the batch size", () => {
    expect(withOptions(experiment, { ...none, batch: 7 }, undefined).batchSize).toBe(7);
  });

  test("keep of the data what both sources have", () => {
    expect(withOptions(experiment, none, "textFile").data).toMatchObject({ kind: "textFile", length: 48 });
    expect(withOptions(experiment, none, "csvTable").data).not.toHaveProperty("length");
    // "label" or "image" there, the name of a column here.
    const digits = parseExperiment({ ...tiny, data: { kind: "glyphDigits", validation: 0.25 } });
    expect(withOptions(digits, none, "csvTable").data).toMatchObject({ validation: 0.25, target: "" });
  });

  test("need files where the experiment's data are files", () => {
    const ofText = parseExperiment({ ...tiny, data: { kind: "textFile" } });
    expect(() => withOptions(ofText, none, undefined)).toThrow("the experiment's data are files (textFile)");
    expect(withOptions(ofText, none, "textFile").data).toEqual(ofText.data);
  });
});

describe("--save", () => {
  const weights = new Map([["dense.bias", { shape: [2], values: Float32Array.of(1, 2) }]]);
  const experiment = parseExperiment(tiny);

  test("tries before training whether the file can be written, and leaves nothing behind", async () => {
    await requireWritable(at("saved/weights.safetensors"), []);
    expect(readdirSync(at("saved"))).toEqual([]);
    mkdirSync(at("folder.safetensors"));
    for (const [path, message] of [
      ["nowhere/weights.safetensors", `${at("nowhere")} (ENOENT)`],
      ["folder.safetensors", "is no file"],
      ["weights.json", "weights are written as .safetensors; give a path such as weights.safetensors"],
    ] as const) {
      const checking = requireWritable(at(path), []);
      await expect(checking).rejects.toBeInstanceOf(UsageError);
      await expect(checking).rejects.toThrow(message);
    }
  });

  test("refuses to write over a file that the command reads, by whatever path", async () => {
    write("saved/input.safetensors", "{}");
    symlinkSync(at("saved/input.safetensors"), at("saved/alias.safetensors"));
    symlinkSync(at("saved"), at("other-way"));
    const read = ["spiral-mlp", at("saved/input.safetensors")];
    for (const path of ["saved/input.safetensors", "saved/alias.safetensors", "other-way/input.safetensors"]) {
      const checking = requireWritable(at(path), read);
      await expect(checking).rejects.toBeInstanceOf(UsageError);
      await expect(checking).rejects.toThrow(
        `--save: "${at(path)}" is a file that this command reads; choose another path`,
      );
    }
    await expect(requireWritable(at("saved/alias.safetensors"), [at("saved/alias.safetensors")])).rejects.toThrow(
      "reads",
    );
    await requireWritable(at("saved/weights.safetensors"), read);
  });

  test("follows a link, and refuses one that leads nowhere", async () => {
    write("behind.safetensors", "old");
    symlinkSync("../behind.safetensors", at("saved/link.safetensors"));
    await requireWritable(at("saved/link.safetensors"), []);
    await writeWeights(at("saved/link.safetensors"), weights, experiment);
    expect(lstatSync(at("saved/link.safetensors")).isSymbolicLink()).toBe(true);
    expect(readFileSync(at("behind.safetensors"), "utf8")).toContain("dense.bias");
    symlinkSync(at("gone"), at("saved/broken.safetensors"));
    await expect(requireWritable(at("saved/broken.safetensors"), [])).rejects.toThrow(
      "is a link to nothing; remove it",
    );
  });

  test("refuses weights that are not finite, and keeps the file that was there", async () => {
    write("kept.safetensors", "old");
    const before = readdirSync(folder);
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const values = Float32Array.of(1, 2, bad);
      const writing = writeWeights(
        at("kept.safetensors"),
        new Map([...weights, ["dense.kernel", { shape: [3], values }]]),
        experiment,
      );
      await expect(writing).rejects.toMatchObject({ kind: "diverged" });
      await expect(writing).rejects.toThrow(`"dense.kernel" has ${bad} as value 2, which is not finite`);
      await expect(writing).rejects.toThrow("lower the learning rate");
    }
    expect(readFileSync(at("kept.safetensors"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(before);
  });

  test("takes the place of the file that was there", async () => {
    mkdirSync(at("replaced"));
    write("replaced/weights.safetensors", "old");
    await requireWritable(at("replaced/weights.safetensors"), []);
    expect(readFileSync(at("replaced/weights.safetensors"), "utf8")).toBe("old");
    await writeWeights(at("replaced/weights.safetensors"), weights, experiment);
    expect(readFileSync(at("replaced/weights.safetensors"), "utf8")).toContain("dense.bias");
    expect(readdirSync(at("replaced"))).toEqual(["weights.safetensors"]);
  });

  test("leaves no part of a file where it fails", async () => {
    const before = readdirSync(folder);
    await expect(writeWeights(at("empty"), weights, experiment)).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(before);
  });
});
