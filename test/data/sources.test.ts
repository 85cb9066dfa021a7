import { describe, expect, test } from "vitest";
import { checkDataset } from "../../src/data/check-dataset.ts";
import { dataSources } from "../../src/data/sources.ts";
import { load } from "./load.ts";
import { allSamples, samplesOf } from "./source-samples.ts";

const made = dataSources.filter(({ files, fields }) => files === undefined && "samples" in fields);
const SAMPLES = 600;

test("every kind of data is in the list once", () => {
  const kinds = dataSources.map(({ kind }) => kind);
  expect(new Set(kinds).size).toBe(kinds.length);
});

test("the sources of a task stand together", () => {
  const tasks = dataSources.map(({ task }) => task);
  const changes = tasks.filter((task, k) => task !== tasks[k - 1]);
  expect(new Set(changes).size).toBe(changes.length);
});

describe.each(made.map((source) => [source.kind, source] as const))("%s", (_, source) => {
  test("has as many samples as asked for, of the shape it says", async () => {
    const dataset = await load(source, [], { samples: SAMPLES, validation: 0.25 });
    expect([dataset.training.count, dataset.validation.count]).toEqual([SAMPLES * 0.75, SAMPLES * 0.25]);
    for (const { name, shape, dtype } of [...dataset.inputs, dataset.target]) {
      const { values } = dataset.training.columns.get(name) ?? {};
      expect(values).toHaveLength(SAMPLES * shape.reduce((product, length) => product * length, 1));
      expect(values instanceof Int32Array).toBe(dtype === "i32");
    }
  });

  test("gives the same bytes for the same seed, and others for another", async () => {
    const values = async (seed: number) => {
      const { training } = await load(source, [], { samples: SAMPLES }, seed);
      return [...training.columns.values()].map(({ values }) => Buffer.from(values.buffer));
    };
    const [first, again, other] = [await values(1), await values(1), await values(2)];
    for (const [k, column] of first.entries()) {
      expect(column.equals(again[k] as Buffer)).toBe(true);
      expect(column.equals(other[k] as Buffer)).toBe(false);
    }
  });

  test("says the names of its columns and classes in every language", async () => {
    const dataset = await load(source, [], { samples: SAMPLES });
    const names = [...dataset.inputs, dataset.target].flatMap(({ name, categories = [] }) => [name, ...categories]);
    for (const name of names.filter((one) => /[a-z]{2}/i.test(one))) {
      expect(source.words?.[name], name).toMatchObject({ en: name, zh: expect.stringMatching(/\p{Script=Han}/u) });
    }
  });

  test("makes a data set that passes the check", async () => {
    expect(checkDataset(await load(source, [], { samples: SAMPLES }))).toBeUndefined();
  });

  test("has classes of one size, also within the validation but for chance", async () => {
    const dataset = await load(source, [], { samples: SAMPLES, validation: 0.5 });
    const { categories, shape } = dataset.target;
    if (categories === undefined || shape.length > 0) return;
    const count = (labels: readonly number[]) => categories.map((_, label) => labels.filter((l) => l === label).length);
    expect(new Set(count(allSamples(dataset).targets.flat()))).toEqual(new Set([SAMPLES / categories.length]));
    const expected = SAMPLES / 2 / categories.length;
    for (const size of count(samplesOf(dataset.validation, dataset.target).flat())) {
      expect(Math.abs(size - expected)).toBeLessThan(4 * Math.sqrt(expected / 2));
    }
  });

  test("keeps no sample of the training for validation", async () => {
    const dataset = await load(source, [], { samples: SAMPLES });
    const [input] = dataset.inputs;
    if (input === undefined) throw new Error("no input");
    const training = new Set(samplesOf(dataset.training, input).map(String));
    for (const sample of samplesOf(dataset.validation, input)) expect(training.has(String(sample))).toBe(false);
  });
});
