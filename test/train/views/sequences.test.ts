import { describe, expect, test } from "vitest";
import type { Call, Tensor } from "../../../src/graph/tensor.ts";
import { callsOf } from "../../../src/graph/traverse.ts";
import { sharedGpu } from "../../plan/open.ts";
import { chain, small } from "../small-run.ts";
import { distance, inRows, type LayerSettings, NEAR, Reference, softmaxOf, withRun } from "./looking.ts";

const gpu = sharedGpu();

const addition = (...layers: LayerSettings[]) =>
  small({
    data: { kind: "addition", samples: 200, digits: 2 },
    model: chain({ id: "embed", layer: "Embedding", features: 8 }, ...layers),
    metrics: ["sequenceAccuracy"],
  });

describe("attention", () => {
  test.each([
    ["MultiHeadAttention", { causal: false }],
    ["MultiHeadAttention", { causal: true, rotary: true }],
    ["TransformerBlock", { causal: true }],
  ])("of %s (%j) is the softmax of its queries and keys, and each row adds up to 1", (layer, config) =>
    withRun(gpu(), addition({ id: "attend", layer, heads: 2, ...config }), async (run) => {
      const seen = await run.look({ kind: "attention", node: "attend", subject: 3 });
      expect(seen).toMatchObject({ heads: 2, queries: 9, keys: 9 });
      for (const row of inRows(seen.values, 9)) {
        expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      }
      const reference = await Reference.of(run, [3]);
      const [call] = callsOf([reference.model.output]).filter(({ op }) => op.name === "attention") as [Call];
      const [q, k] = reference.values(...call.inputs.slice(0, 2)) as [number[], number[]];
      const [queries, keys] = [inRows(q, 4), inRows(k, 4)];
      const expected = queries.flatMap((query, row) => {
        const [head, t] = [Math.floor(row / 9), row % 9];
        const scores = keys.slice(head * 9, (head + 1) * 9).map((key, s) => {
          const isHidden = config.causal && s > t;
          return isHidden ? -1e9 : query.reduce((sum, value, d) => sum + value * (key[d] as number), 0) / Math.sqrt(4);
        });
        return softmaxOf(scores);
      });
      expect(distance(seen.values, expected)).toBeLessThan(NEAR);
    }),
  );

  test("comes with the tokens that were read", () =>
    withRun(gpu(), addition({ id: "attend", layer: "MultiHeadAttention", heads: 2 }), async (run) => {
      const { tokens } = await run.look({ kind: "attention", node: "attend", subject: 0 });
      expect(tokens?.join("")).toMatch(/^[ 0-9]{2}\+[ 0-9]{2}=···$/);
    }));

  test("is refused of a layer that has none", () =>
    withRun(gpu(), addition(), async (run) => {
      await expect(run.look({ kind: "attention", node: "embed", subject: 0 })).rejects.toMatchObject({
        node: "embed",
        text: { en: expect.stringContaining("has no attention"), zh: expect.stringContaining("没有注意力") },
      });
    }));
});

describe("states", () => {
  const series = (config: { readonly layer: string; readonly bidirectional?: boolean }) =>
    small({
      data: { kind: "sineMixture", samples: 60, length: 7 },
      model: chain({ id: "rnn", units: 5, ...config }),
      loss: { kind: "meanSquaredError" },
      metrics: [],
    });

  test.each(["SimpleRNN", "GRU", "LSTM"])("of %s end with the state that the layer gives", (layer) =>
    withRun(gpu(), series({ layer }), async (run) => {
      const seen = await run.look({ kind: "states", node: "rnn", subject: 2 });
      const reference = await Reference.of(run, [2]);
      expect(seen).toMatchObject({ steps: 7, units: 5 });
      expect(seen.tokens).toBeUndefined();
      const [scan] = callsOf([reference.model.output]).filter(({ op }) => op.name.endsWith("Scan"));
      const [states] = reference.values(scan?.outputs[0] as Tensor) as [number[]];
      expect(distance(seen.values, states)).toBeLessThan(NEAR);
      expect(distance(seen.values.subarray(30), reference.node("rnn"))).toBeLessThan(NEAR);
    }),
  );

  test("of both ways stand side by side, forward first", () =>
    withRun(gpu(), series({ layer: "LSTM", bidirectional: true }), async (run) => {
      const seen = await run.look({ kind: "states", node: "rnn", subject: 0 });
      expect(seen).toMatchObject({ steps: 7, units: 10 });
      const steps = inRows(seen.values, 10);
      // The last state forward is that of the last step, the last backward that of the first.
      const last = [...(steps[6] as number[]).slice(0, 5), ...(steps[0] as number[]).slice(5)];
      expect(distance(last, (await Reference.of(run, [0])).node("rnn"))).toBeLessThan(NEAR);
    }));

  test("are refused of a layer that is not recurrent", () =>
    withRun(gpu(), series({ layer: "GRU" }), async (run) => {
      await expect(run.look({ kind: "states", node: "output", subject: 0 })).rejects.toMatchObject({
        text: { en: expect.stringContaining("has no states"), zh: expect.stringContaining("没有循环状态") },
      });
    }));
});

describe("answers", () => {
  test("are the likeliest characters at the places that are asked for", () =>
    withRun(gpu(), addition({ id: "rnn", layer: "GRU", units: 8, returns: "sequence" }), async (run) => {
      const { answers } = await run.look({ kind: "answers", count: 5 });
      const characters = run.dataset.target.categories as readonly string[];
      const rows = (await Reference.of(run, [0, 1, 2, 3, 4])).rows(characters.length);
      expect(answers).toHaveLength(5);
      for (const [k, { question, truth, answer }] of answers.entries()) {
        expect(question).toMatch(/^[0-9]+\+ ?[0-9]+=$/);
        const [first, second] = question.slice(0, -1).split("+").map(Number) as [number, number];
        expect(truth).toBe(String(first + second));
        const said = rows.slice(k * 9 + 6, (k + 1) * 9).map((row) => characters[row.indexOf(Math.max(...row))]);
        expect(answer).toBe(said.join("").trimEnd());
      }
    }));

  test("are refused of data without questions", () =>
    withRun(gpu(), small(), async (run) => {
      await expect(run.look({ kind: "answers", count: 5 })).rejects.toMatchObject({
        text: { en: expect.stringContaining("choose addition or reversal"), zh: expect.stringContaining("加法或倒序") },
      });
    }));
});
