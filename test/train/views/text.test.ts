import { describe, expect, test } from "vitest";
import { textDataset } from "../../../src/data/text-vocabulary.ts";
import type { ViewPayload, ViewRequest } from "../../../src/train/view-protocol.ts";
import { openView } from "../../../src/train/views.ts";
import { sharedGpu } from "../../plan/open.ts";
import { chain, small } from "../small-run.ts";
import { inRows, type LayerSettings, type Looking, Reference, withRun } from "./looking.ts";

const gpu = sharedGpu();

const WINDOW = 6;
const dataset = textDataset("the cat sat on the mat and the rat ran. ".repeat(12), {
  length: WINDOW,
  stride: 1,
  validation: 0.2,
});

const writer = (...layers: LayerSettings[]) =>
  small({
    model: chain({ id: "embed", layer: "Embedding", features: 6 }, ...layers),
    optimizer: { kind: "adam", learningRate: 0.03 },
    metrics: [],
  });

const recurrent = writer({ id: "rnn", layer: "GRU", units: 8, returns: "sequence" });

/** Everything that is told of a text, until it is done. */
async function told(run: Looking, request: Omit<ViewRequest<"text">, "kind">): Promise<ViewPayload<"text">[]> {
  const view = await openView(run, { kind: "text", ...request });
  const payloads: ViewPayload<"text">[] = [];
  try {
    do payloads.push(await view.look());
    while (view.isUnfinished);
    return payloads;
  } finally {
    view.destroy();
  }
}

async function written(run: Looking, request: Omit<ViewRequest<"text">, "kind">): Promise<string> {
  return (await told(run, request)).at(-1)?.written as string;
}

/** The likeliest characters after a prompt, one after the other, by the interpreter. */
async function likeliest(run: Looking, prompt: string, length: number): Promise<string> {
  const characters = dataset.target.categories as readonly string[];
  let text = prompt;
  while (text.length < prompt.length + length) {
    const read = text.slice(-WINDOW);
    const window = Int32Array.from({ length: WINDOW }, (_, k) => characters.indexOf(read[k] ?? " "));
    const logits = inRows((await Reference.of(run, window)).node("output"), characters.length)[read.length - 1];
    text += characters[(logits as number[]).indexOf(Math.max(...(logits as number[])))];
  }
  return text.slice(prompt.length);
}

describe("at temperature 0", () => {
  test.each([
    ["a recurrent layer", recurrent],
    [
      "a causal transformer",
      writer(
        { id: "place", layer: "PositionalEmbedding" },
        { id: "block", layer: "TransformerBlock", heads: 2, causal: true },
      ),
    ],
  ])("%s writes the likeliest character each time, also when the window is full", (_, experiment) =>
    withRun(
      gpu(),
      experiment,
      async (run) => {
        for (const prompt of ["t", "the cat sat"]) {
          const request = { prompt, temperature: 0, length: 20, seed: 1 };
          const text = await written(run, request);
          expect(text).toBe(await likeliest(run, prompt, 20));
          expect(await written(run, { ...request, seed: 2 })).toBe(text);
        }
      },
      { dataset, steps: 30 },
    ),
  );
});

test("a text is told of while it is written, and grows", () =>
  withRun(
    gpu(),
    recurrent,
    async (run) => {
      const payloads = await told(run, { prompt: "the ", temperature: 0.8, length: 40, seed: 5 });
      expect(payloads.map(({ written: { length } }) => length)).toEqual([16, 32, 40]);
      expect(payloads.map(({ isDone }) => isDone)).toEqual([false, false, true]);
      for (const { written: part } of payloads) expect(payloads.at(-1)?.written.startsWith(part)).toBe(true);
    },
    { dataset },
  ));

test("a seed always draws the same text, and another one another", () =>
  withRun(
    gpu(),
    recurrent,
    async (run) => {
      const request = { prompt: "the ", temperature: 1, length: 30, seed: 5 };
      const text = await written(run, request);
      expect(await written(run, request)).toBe(text);
      expect(await written(run, { ...request, seed: 6 })).not.toBe(text);
    },
    { dataset },
  ));

test("characters are drawn as often as the softmax of the logits over the temperature says", () =>
  withRun(
    gpu(),
    writer(),
    async (run) => {
      // The model sees no more than the last character, and is asked for one at a time.
      const characters = dataset.target.categories as readonly string[];
      const temperature = 0.7;
      const window = new Int32Array(WINDOW).fill(characters.indexOf("t"));
      const [logits] = inRows((await Reference.of(run, window)).node("output"), characters.length) as [number[]];
      const powers = logits.map((logit) => Math.exp(logit / temperature));
      const total = powers.reduce((sum, power) => sum + power, 0);
      const view = await openView(run, { kind: "text", prompt: "t", temperature, length: 1, seed: 0 });
      const counts = new Map<string, number>();
      for (let seed = 0; seed < 600; seed++) {
        view.change?.({ kind: "text", prompt: "t", temperature, length: 1, seed });
        const { written: drawn } = await view.look();
        counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
      }
      view.destroy();
      for (const [k, character] of characters.entries()) {
        const p = (powers[k] as number) / total;
        const deviation = Math.sqrt((p * (1 - p)) / 600);
        expect(Math.abs((counts.get(character) ?? 0) / 600 - p)).toBeLessThan(4 * deviation);
      }
    },
    { dataset, steps: 10 },
  ));

test("characters that the model does not know are dropped from the prompt, which may then be empty", () =>
  withRun(
    gpu(),
    recurrent,
    async (run) => {
      const [known] = await told(run, { prompt: "tÄh中e", temperature: 0, length: 3, seed: 1 });
      expect(known?.prompt).toBe("the");
      const [empty] = await told(run, { prompt: "", temperature: 0, length: 3, seed: 1 });
      expect([empty?.prompt, empty?.written.length]).toEqual(["", 3]);
    },
    { dataset },
  ));

test("another prompt begins another text on the same plan", () =>
  withRun(
    gpu(),
    recurrent,
    async (run) => {
      const request = { kind: "text", prompt: "the", temperature: 0, length: 24, seed: 1 } as const;
      const view = await openView(run, request);
      await view.look();
      expect(view.change?.({ ...request, prompt: "a" })).toBe(true);
      expect(await view.look()).toMatchObject({ prompt: "a", isDone: false });
      view.destroy();
    },
    { dataset },
  ));

test("models of other data write no text, and say so in both languages", () =>
  withRun(gpu(), small(), async (run) => {
    await expect(told(run, { prompt: "a", temperature: 0, length: 3, seed: 1 })).rejects.toMatchObject({
      text: { en: expect.stringContaining("choose a text"), zh: expect.stringContaining("文本数据集") },
    });
  }));
