import { expect, test } from "vitest";
import type { Dataset, Samples } from "../../src/data/dataset.ts";
import { additionSource } from "../../src/data/sources/addition.ts";
import { reversalSource } from "../../src/data/sources/reversal.ts";
import { load } from "./load.ts";
import { refusal } from "./refusal.ts";
import { samplesOf } from "./source-samples.ts";

/** The samples as they are read: the input and the target, "_" where the target is −1. */
function written({ inputs, target }: Dataset, samples: Samples) {
  const [input] = inputs;
  if (input === undefined) throw new Error("no input");
  const text = (tokens: number[], categories: readonly string[] = []) =>
    tokens.map((token) => (token === -1 ? "_" : categories[token])).join("");
  const answers = samplesOf(samples, target);
  return samplesOf(samples, input).map((tokens, k) => ({
    input: text(tokens, input.categories),
    target: text(answers[k] as number[], target.categories),
  }));
}

const both = (dataset: Dataset) => [...written(dataset, dataset.training), ...written(dataset, dataset.validation)];

test.each([
  [false, (sum: string) => sum],
  [true, (sum: string) => [...sum].reverse().join("")],
])("every sum is right and stands in the slots (last digit first: %s)", async (reversed, order) => {
  for (const { input, target } of both(await load(additionSource, [], { samples: 2000, reversed }))) {
    const [, first = "", second = ""] = /^( *\d{1,3})\+( *\d{1,3})=····$/.exec(input) ?? [];
    expect(input).toHaveLength(12);
    for (const number of [first, second]) expect(String(Number(number)).padStart(3)).toBe(number);
    expect(target).toBe("_".repeat(8) + order(String(Number(first) + Number(second))).padEnd(4));
  }
});

test("no sum of the training is asked again in the validation, not even the other way round", async () => {
  const dataset = await load(additionSource, [], { samples: 5000, validation: 0.5, digits: 2 });
  const key = ({ input }: { input: string }) =>
    input
      .replace(/ *=·+$/, "")
      .split("+")
      .map(Number)
      .sort((a, b) => a - b)
      .join("+");
  const training = new Set(written(dataset, dataset.training).map(key));
  expect(training.size).toBe(2500);
  for (const question of written(dataset, dataset.validation)) expect(training.has(key(question))).toBe(false);
});

test("all 55 sums of one digit can be had", async () => {
  const sums = both(await load(additionSource, [], { samples: 55, digits: 1 }));
  expect(sums).toHaveLength(55);
  // 10 · 11 / 2 pairs a ≤ b, and the sum of all a + b over them: each digit stands in 11 places of them.
  expect(sums.reduce((sum, { target }) => sum + Number(target.replaceAll("_", "")), 0)).toBe(11 * 45);
});

test("numbers of every length are asked", async () => {
  const questions = both(await load(additionSource, [], { samples: 2000 })).map(({ input }) => input.split("+")[0]);
  const lengths = [1, 2, 3].map((length) => questions.filter((number) => number?.trim().length === length).length);
  for (const count of lengths) expect(count).toBeGreaterThan(200);
});

test("every string is reversed, digit by digit, and asked once", async () => {
  const strings = both(await load(reversalSource, [], { samples: 2000, digits: 6 }));
  for (const { input, target } of strings) {
    const [, text = ""] = /^(\d{1,6}) *=······$/.exec(input) ?? [];
    expect(input).toHaveLength(13);
    expect(target).toBe("_".repeat(7) + [...text].reverse().join("").padEnd(6));
  }
  expect(new Set(strings.map(({ input }) => input)).size).toBe(2000);
});

test.each([
  [additionSource, { samples: 56, digits: 1 }, "55"],
  [reversalSource, { samples: 111, digits: 2 }, "110"],
])("more samples than there are questions are refused", async (source, config, different) => {
  const message = await refusal(() => load(source, [], config));
  expect(message).toContain(`${source.kind}: there are ${different} different questions`);
  expect(message).toContain(`${config.samples} samples`);
  expect(message).toContain("more digits");
});
