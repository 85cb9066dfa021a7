import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSafetensors } from "../../src/data/formats/safetensors.ts";
import { presets } from "../../src/nn/presets.ts";
import { eventsOf, temporaryFolder, train } from "./command.ts";
import { idxFile, tiny, withLayers } from "./experiments.ts";

const { folder, write } = temporaryFolder();
write("tiny.json", tiny);

const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));

describe("npm run train", () => {
  test("tells plan, every step, validations and the end as JSON, and saves the weights", async () => {
    const ended = await train(["tiny.json", "--json", "--save", "first.safetensors"], folder);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const events = eventsOf(ended);
    const steps = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, k) => ["metrics", from + k]);
    expect(events.map(({ event, step }) => [event, step])).toEqual([
      ["plan", undefined],
      ...steps(1, 10),
      ["validation", 10],
      ...steps(11, 20),
      ["validation", 20],
      ...steps(21, 25),
      ["validation", 25],
      ["done", undefined],
    ]);

    expect(events[0]).toEqual({
      event: "plan",
      adapter: expect.stringMatching(/\w/),
      parameters: 42,
      dispatchesPerStep: expect.any(Number),
      peakBytes: expect.any(Number),
    });
    expect(events[0]?.dispatchesPerStep).toBeGreaterThan(4);
    // Two moments beside each of the 42 parameters, and the 200 points.
    expect(events[0]?.peakBytes).toBeGreaterThan(4 * 3 * 42 + 4 * 3 * 200);
    for (const row of events.filter(({ event }) => event === "metrics" || event === "validation")) {
      expect(Object.keys(row)).toEqual(["event", "step", "loss", "accuracy"]);
      expect(row.loss).toBeGreaterThan(0);
      expect(row.accuracy).toBeLessThanOrEqual(1);
    }
    const validation = events.at(-2);
    expect(events.at(-1)).toEqual({
      event: "done",
      steps: 25,
      loss: events.at(-3)?.loss,
      validation: { loss: validation?.loss, accuracy: validation?.accuracy },
      stepsPerSecond: expect.any(Number),
      submits: expect.any(Number),
    });
    expect(events.at(-1)?.stepsPerSecond).toBeGreaterThan(0);
    expect(events.at(-1)?.submits).toBeGreaterThanOrEqual(3); // it validates after 10 and after 20 steps

    const { tensors, metadata } = readSafetensors({ name: "first", bytes: read("first.safetensors") });
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ["dense_1.kernel", [2, 8]],
      ["dense_1.bias", [8]],
      ["dense_2.kernel", [8, 2]],
      ["dense_2.bias", [2]],
    ]);
    for (const { values } of tensors.values()) expect(values.some((value) => value !== 0)).toBe(true);
    expect(JSON.parse(metadata.get("experiment") ?? "")).toMatchObject({ ...tiny, stop: { steps: 25, epochs: null } });
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);

    await train(["tiny.json", "--json", "--save", "again.safetensors"], folder);
    expect(read("again.safetensors")).toEqual(read("first.safetensors"));
    await train(["tiny.json", "--json", "--save", "other.safetensors", "--seed", "4"], folder);
    expect(read("other.safetensors")).not.toEqual(read("first.safetensors"));
  });

  test("trains a preset for so many steps, and tells it in words", async () => {
    const { code, stdout, stderr } = await train(["spiral-mlp", "--steps", "5"], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.split("\n");
    // 2·32 + 32 + 32·32 + 32 + 32·2 + 2
    expect(lines[0]).toMatch(/^spiral-mlp: 1,218 parameters on .+ dispatches a step, .+ of GPU memory at most/);
    expect(lines.at(-2)).toMatch(
      /^done: 5 steps in 0:\d\d, .+ steps\/s; loss .+; validation loss .+, accuracy 0\.\d+$/,
    );
    expect(stdout).not.toContain("\x1b");
  });

  test("trains for so many epochs", async () => {
    const ended = await train(["tiny.json", "--epochs", "2", "--json"], folder);
    expect(eventsOf(ended).at(-1)).toMatchObject({ event: "done", steps: 14 });
  });

  test("learns from IDX files in a folder, or beside the one that is named", async () => {
    mkdirSync(join(folder, "images"));
    // Class 0 is bright at the top, class 1 at the bottom.
    const labels = Array.from({ length: 40 }, (_, k) => k % 2);
    const pixels = labels.flatMap((label) => (label === 0 ? [200, 255, 0, 10] : [0, 10, 200, 255]));
    write("images/train-images-idx3-ubyte", idxFile([40, 2, 2], pixels));
    write("images/train-labels-idx1-ubyte", idxFile([40], labels));
    write("images/read-me.txt", "Squares, bright at the top or at the bottom.");
    write("images.json", { ...withLayers({ layer: "Flatten" }), data: { kind: "glyphDigits", validation: 0.5 } });
    for (const path of ["images", "images/train-images-idx3-ubyte"]) {
      const ended = await train(["images.json", "--data", path, "--json", "--epochs", "1"], folder);
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      const events = eventsOf(ended);
      // 4·2 + 2; half of 40 samples are left, a batch of 20.
      expect(events[0]).toMatchObject({ event: "plan", parameters: 10 });
      expect(events.at(-1)).toMatchObject({ event: "done", steps: 1 });
    }
  });

  test("learns from a text, in windows as long as the preset's", async () => {
    write("fox.txt", "the quick brown fox jumps over the lazy dog\n".repeat(20));
    const args = ["text-lstm", "--data", "fox.txt", "--steps", "1", "--json", "--save", "fox.safetensors"];
    const ended = await train(args, folder);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const { tensors, metadata } = readSafetensors({ name: "fox", bytes: read("fox.safetensors") });
    const { data } = JSON.parse(metadata.get("experiment") ?? "");
    const preset = (await presets.find(({ name }) => name === "text-lstm")?.load()) as { data: { length: number } };
    expect(data).toMatchObject({ kind: "textFile", length: preset.data.length });
    // 26 letters, the space and the end of line.
    expect(tensors.get("dense.bias")?.shape).toEqual([28]);
  });

  test("learns from a table", async () => {
    const rows = Array.from({ length: 50 }, (_, k) => `${k},${k * k},${k < 25 ? "small" : "large"}`);
    write("numbers.csv", `number,square,size\n${rows.join("\n")}\n`);
    const ended = await train(["tiny.json", "--data", "numbers.csv", "--json"], folder);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(eventsOf(ended).at(-1)).toMatchObject({ event: "done", steps: 25 });
  });

  test("learns from a table with fewer rows than the experiment's batch, with --batch", async () => {
    const rows = Array.from({ length: 20 }, (_, k) => `${k},${k * k};${k < 10 ? "small" : "large"}`);
    write("few.csv", `number;size\n${rows.join("\n")}\n`);
    const ended = await train(["tiny.json", "--data", "few.csv", "--batch", "7", "--epochs", "3", "--json"], folder);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    // 30 % of 20 rows are for validation: 14 to learn from.
    expect(eventsOf(ended).at(-1)).toMatchObject({ event: "done", steps: 6 });
  });

  test("shows help and the presets", async () => {
    const helped = await train(["--help"], folder);
    expect(helped).toMatchObject({ code: 0, stderr: "" });
    expect(helped.stdout).toContain("npm run -s train -- <preset | experiment.json>");
    const listed = await train(["--list"], folder);
    expect(listed).toMatchObject({ code: 0, stderr: "" });
    const lines = listed.stdout.trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(presets.map(({ name }) => name));
    for (const line of lines) expect(line).toMatch(/^[a-z0-9-]+ +[A-Z].+\.$/);
  });
});
