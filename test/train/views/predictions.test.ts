import { describe, expect, test } from "vitest";
import { sharedGpu } from "../../plan/open.ts";
import { chain, images, small } from "../small-run.ts";
import { distance, NEAR, Reference, softmaxOf, validationValues, withRun } from "./looking.ts";

const gpu = sharedGpu();

/** 120 validation samples: a batch of 64, and one that is filled up. */
const points = small({ data: { kind: "xor", samples: 400, validation: 0.3 } });

describe("predictions", () => {
  test("agree with a forward pass in the interpreter: confusion, confidence and what was predicted", () =>
    withRun(gpu(), points, async (run) => {
      const seen = await run.look({ kind: "predictions", limit: 200 });
      const all = [...new Array(120).keys()];
      const reference = await Reference.of(run, all);
      const probabilities = reference.rows(2).map(softmaxOf);
      const truths = validationValues(run, "class", all);
      const confusion = [0, 0, 0, 0];
      for (const [k, [no, yes]] of probabilities.entries()) {
        const cell = 2 * (truths[k] as number) + ((yes as number) > (no as number) ? 1 : 0);
        confusion[cell] = (confusion[cell] as number) + 1;
      }
      expect([...seen.confusion]).toEqual(confusion);
      expect(seen).toMatchObject({ evaluated: 120, classes: run.dataset.target.categories, inputShape: [2] });
      expect(seen.samples.map(({ sample }) => sample).sort((a, b) => a - b)).toEqual(all);
      for (const { sample, truth, predicted, confidence } of seen.samples) {
        const expected = probabilities[sample] as number[];
        expect(truth).toBe(truths[sample]);
        expect(confidence).toBeCloseTo(Math.max(...expected), 4);
        expect(confidence).toBeCloseTo(expected[predicted] as number, 4);
      }
    }));

  test("show wrong answers first, and the largest loss first among them", () =>
    withRun(gpu(), points, async (run) => {
      const { samples, inputs } = await run.look({ kind: "predictions", limit: 200 });
      const loss = (k: number) => {
        const { truth, predicted, confidence } = samples[k] as (typeof samples)[number];
        return -Math.log(truth === predicted ? confidence : 1 - confidence);
      };
      const wrong = samples.filter(({ truth, predicted }) => truth !== predicted).length;
      expect(wrong).toBeGreaterThan(0);
      for (let k = 1; k < samples.length; k++) {
        const { truth, predicted } = samples[k] as (typeof samples)[number];
        expect(truth !== predicted).toBe(k < wrong);
        if (k !== wrong) expect(loss(k)).toBeLessThanOrEqual(loss(k - 1) + 1e-6);
      }
      const places = samples.map(({ sample }) => sample);
      expect([...inputs]).toEqual(validationValues(run, "point", places));
    }));

  test("come with no more samples than are asked for", () =>
    withRun(gpu(), points, async (run) => {
      const seen = await run.look({ kind: "predictions", limit: 5 });
      expect([seen.samples.length, seen.inputs.length, seen.evaluated]).toEqual([5, 10, 120]);
    }));
});

describe("classify", () => {
  const model = chain({ id: "flat", layer: "Flatten" });
  const image = small({ model, batchSize: 8 });

  test("gives the probabilities of a validation sample, and of values that are given", () =>
    withRun(
      gpu(),
      image,
      async (run) => {
        const sample = await run.look({ kind: "classify", subject: 4 });
        const [logits] = (await Reference.of(run, [4])).rows(3) as [number[]];
        expect(distance(sample.probabilities, softmaxOf(logits))).toBeLessThan(NEAR);
        expect(sample.classes).toEqual(["a", "b", "c"]);
        const given = new Float32Array(72).fill(0.5);
        const [others] = (await Reference.of(run, given)).rows(3) as [number[]];
        const { probabilities } = await run.look({ kind: "classify", subject: given });
        expect(distance(probabilities, softmaxOf(others))).toBeLessThan(NEAR);
      },
      { dataset: images() },
    ));

  test.each([
    ["one logit for two classes", { id: "score", layer: "Dense", units: 1 }, false],
    ["a sigmoid at the end", { id: "score", layer: "Dense", units: 1, activation: "sigmoid" }, true],
  ])("gives two probabilities of %s", (_, last, isProbability) => {
    const { nodes, edges } = chain(last);
    const single = small({
      model: { nodes: nodes.slice(0, -1), edges: edges.slice(0, -1) },
      loss: { kind: "binaryCrossentropy" },
    });
    return withRun(gpu(), single, async (run) => {
      const { probabilities } = await run.look({ kind: "classify", subject: 1 });
      const [[said]] = (await Reference.of(run, [1])).rows(1) as [[number]];
      const yes = isProbability ? said : 1 / (1 + Math.exp(-said));
      expect(distance(probabilities, [1 - yes, yes])).toBeLessThan(NEAR);
    });
  });

  test("takes no second softmax where the model ends with one", () => {
    const { nodes, edges } = chain({ id: "scores", layer: "Dense", units: 2 }, { id: "end", layer: "Softmax" });
    const model = { nodes: nodes.slice(0, -1), edges: edges.slice(0, -1) };
    return withRun(gpu(), small({ model }), async (run) => {
      const { probabilities } = await run.look({ kind: "classify", subject: 2 });
      expect(distance(probabilities, (await Reference.of(run, [2])).node("end"))).toBeLessThan(NEAR);
    });
  });

  test("refuses a sample that there is not, and values that are too few, in both languages", () =>
    withRun(gpu(), points, async (run) => {
      await expect(run.look({ kind: "classify", subject: 120 })).rejects.toMatchObject({
        text: { en: expect.stringContaining("0 to 119"), zh: expect.stringContaining("119") },
      });
      await expect(run.look({ kind: "classify", subject: new Float32Array(3) })).rejects.toMatchObject({
        text: { en: expect.stringContaining("3 values"), zh: expect.stringContaining("3 个值") },
      });
    }));
});
