import { describe, expect, test } from "vitest";
import type { ColumnValues, Samples } from "../../src/data/dataset.ts";
import { textDataset, tokenize } from "../../src/data/text-vocabulary.ts";
import { refusal } from "./refusal.ts";

test("the vocabulary is the sorted distinct characters, and the ids spell the text", () => {
  const text = "to be or not to be 🐈,\n猫 ｚ or not 🐈.";
  const { ids, vocabulary } = tokenize(text);
  expect([...ids].map((id) => vocabulary[id]).join("")).toBe(text);
  expect(vocabulary).toEqual(["\n", " ", ",", ".", "b", "e", "n", "o", "r", "t", "猫", "ｚ", "🐈"]);
});

test("512 different characters are learned, 513 refused with their number", async () => {
  const text = (count: number) => Array.from({ length: count }, (_, k) => String.fromCodePoint(0x4e00 + k)).join("");
  expect(tokenize(text(512)).vocabulary.length).toBe(512);
  expect(await refusal(() => tokenize(text(513)))).toMatch(/^the text has 513 different characters, at most 512.*;/);
});

/** The positions of the text that a part's samples cover: of the input, and of the target. */
function windows(samples: Samples, name: string, length: number): number[][] {
  const { offset = 0, stride = length } = samples.columns.get(name) as ColumnValues;
  return Array.from({ length: samples.count }, (_, k) =>
    Array.from({ length }, (_, place) => offset + k * stride + place),
  );
}

describe.each([
  { characters: 100, length: 7, stride: 1, validation: 0.2 },
  { characters: 100, length: 7, stride: 3, validation: 0.2 },
  { characters: 100, length: 9, stride: 9, validation: 0.1 },
  { characters: 41, length: 1, stride: 40, validation: 0.5 },
  { characters: 1000, length: 33, stride: 50, validation: 0.25 },
])("$characters characters, windows of $length, stride $stride, $validation held out", (options) => {
  const { characters, length, stride, validation } = options;
  const text = Array.from({ length: characters }, (_, k) => "abcde"[k % 5]).join("");
  const { inputs, target, training, validation: held } = textDataset(text, { length, stride, validation });
  const trained = characters - Math.floor(characters * validation);

  test("every window is followed by its target, one character later, in the same values", () => {
    for (const part of [training, held]) {
      const [input, next] = [part.columns.get("text"), part.columns.get("next")];
      expect(next?.values).toBe(input?.values);
      expect(windows(part, "next", length)).toEqual(
        windows(part, "text", length).map((positions) => positions.map((position) => position + 1)),
      );
    }
    expect(training.columns.get("text")?.values).toBe(held.columns.get("text")?.values);
    expect([inputs[0]?.shape, target.shape]).toEqual([[length], [length]]);
    expect(inputs[0]?.categories).toEqual(["a", "b", "c", "d", "e"]);
  });

  test("training windows lie in the first part, as many as there is room for", () => {
    const starts = windows(training, "text", length).map(([first]) => first as number);
    const room: number[] = [];
    for (let start = 0; start + length < trained; start += stride) room.push(start);
    expect(starts).toEqual(room);
  });

  test("validation windows lie side by side in the rest, which no training window or target reaches", () => {
    const starts = windows(held, "text", length).map(([first]) => first as number);
    const room: number[] = [];
    for (let start = trained; start + length < characters; start += length) room.push(start);
    expect(starts).toEqual(room);
    const seen = new Set([...windows(training, "text", length), ...windows(training, "next", length)].flat());
    expect(
      windows(held, "text", length)
        .flat()
        .some((position) => seen.has(position)),
    ).toBe(false);
  });
});

test("a text too short for one window in either part is refused with both numbers", async () => {
  const text = "abcdefghij".repeat(2);
  expect(await refusal(() => textDataset(text, { length: 16, stride: 1, validation: 0.2 }))).toMatch(
    /^16 characters of the text are for training, a window needs 17; choose a longer text/,
  );
  expect(await refusal(() => textDataset(text, { length: 4, stride: 1, validation: 0.2 }))).toMatch(
    /^4 characters of the text are for validation, a window needs 5;/,
  );
  expect(textDataset(text, { length: 4, stride: 1, validation: 0.25 }).validation.count).toBe(1);
});
