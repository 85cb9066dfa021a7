import { describe, expect, test } from "vitest";
import { parseExperiment } from "../../src/nn/experiment.ts";
import { presets } from "../../src/nn/presets.ts";

describe.each(presets)("the preset $name", ({ name, load, title, sentence }) => {
  test("is an experiment of its name", async () => {
    expect(parseExperiment(await load()).name).toBe(name);
  });

  test("is the same after it was printed as JSON and read again", async () => {
    const experiment = parseExperiment(await load());
    const printed = JSON.stringify(experiment);
    expect(parseExperiment(JSON.parse(printed))).toEqual(experiment);
    expect(JSON.stringify(parseExperiment(JSON.parse(printed)))).toBe(printed);
  });

  test("ends by itself", async () => {
    const { steps, epochs } = parseExperiment(await load()).stop;
    expect(steps ?? epochs).toBeGreaterThan(0);
  });

  test("has a title and a sentence in both languages", () => {
    expect(title.en).not.toBe("");
    expect(title.zh).not.toBe("");
    expect(sentence.en).toMatch(/^[A-Z].{15,}\.$/);
    expect(sentence.zh).toMatch(/^.*\p{Script=Han}.{4,}。$/u);
  });
});

test("the names of the presets are different", () => {
  expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
});
