import { describe, expect, it } from "vitest";
import { constant } from "../../src/graph/ops/constant.ts";
import { embeddingLayer } from "../../src/nn/layers/embedding.ts";
import { positionalEmbeddingLayer } from "../../src/nn/layers/positional-embedding.ts";
import { curedRefusal } from "./cured.ts";
import { buildLayer } from "./layer-context.ts";
import { drawParameters, inputOf, matrixOf, valuesOf } from "./plain-matrix.ts";

const ids = constant([2, 0, 2, 4], [2, 2], "i32");

describe("Embedding", () => {
  it("gives each token its row of the table", () => {
    const built = buildLayer(embeddingLayer, { features: 3 }, [ids], { tokens: 5 });
    expect(built.parameters.get("table")?.shape).toEqual([5, 3]);
    expect(built.output.shape).toEqual([2, 2, 3]);
    const table = matrixOf(built, "table");
    expect(valuesOf(built, built.output)[0]).toEqual([2, 0, 2, 4].flatMap((id) => table[id] as number[]));
    expect(table.flat().every((value) => Math.abs(value) <= 0.05)).toBe(true);
    expect(new Set(table.flat()).size).toBe(15);
  });

  it("takes as many rows as it is told", () => {
    const { parameters } = buildLayer(embeddingLayer, { vocabulary: 9, features: 3 }, [ids]);
    expect(parameters.get("table")?.shape).toEqual([9, 3]);
  });

  it("refuses numbers, fewer rows than tokens, and a vocabulary that nobody knows", () => {
    const numbers = curedRefusal(embeddingLayer, {}, [constant(0, [2, 7])]);
    expect(numbers.text.en).toContain("(7) holds numbers");
    expect(numbers.repairs).toEqual([{ kind: "remove" }]);
    const few = curedRefusal(embeddingLayer, { vocabulary: 4 }, [ids], { tokens: 5 });
    expect(few.text.en).toContain("vocabulary of 4, but the data has 5 tokens");
    expect(few.repairs).toEqual([{ kind: "set", field: "vocabulary", value: "auto" }]);
    const unknown = curedRefusal(embeddingLayer, {}, [ids]);
    expect(unknown.text.en).toContain("set vocabulary to a number");
    expect(unknown.repairs).toEqual([]);
  });
});

describe("PositionalEmbedding", () => {
  const x = inputOf("positions", [2, 5, 7]);

  it("adds a learnt vector a position, the same to each sample", () => {
    const built = buildLayer(positionalEmbeddingLayer, { kind: "learned" }, [x]);
    drawParameters(built);
    const [input, output] = valuesOf(built, x, built.output) as [number[], number[]];
    const table = matrixOf(built, "table").flat();
    expect(table).toHaveLength(35);
    for (const [k, value] of output.entries()) {
      expect(value).toBeCloseTo((input[k] as number) + (table[k % 35] as number), 12);
    }
  });

  it("adds sines and cosines of the position, each pair ever slower, and learns nothing", () => {
    const built = buildLayer(positionalEmbeddingLayer, { kind: "sinusoidal" }, [x]);
    expect(built.parameters.size).toBe(0);
    const [input, output] = valuesOf(built, x, built.output) as [number[], number[]];
    for (const [k, value] of output.entries()) {
      const [position, feature] = [Math.floor((k % 35) / 7), k % 7];
      const angle = position * Math.exp((-Math.log(10000) * 2 * Math.floor(feature / 2)) / 7);
      const wave = feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
      expect(value).toBeCloseTo((input[k] as number) + wave, 6);
    }
  });

  it("refuses tokens, and takes the pixels of an image one by one", () => {
    expect(curedRefusal(positionalEmbeddingLayer, {}, [ids]).repairs).toEqual([{ kind: "insert", layer: "Embedding" }]);
    expect(curedRefusal(positionalEmbeddingLayer, {}, [constant(0, [2, 4, 6, 3])]).repairs).toEqual([
      { kind: "insert", layer: "Reshape", config: { shape: [24, 3] } },
    ]);
  });
});
