import { describe, expect, it } from "vitest";
import { type Shape, sizeOf } from "../../src/graph/tensor.ts";
import { type Draw, drawOf } from "../../src/nn/initializer.ts";
import {
  type InitializerKind,
  initializerField,
  initializerOf,
  normalOf,
  orthogonalBlocks,
  uniformWithin,
} from "../../src/nn/initializers.ts";
import { orthonormal } from "../../src/nn/orthonormal.ts";

const drawn = (kind: InitializerKind, shape: Shape, name = "dense.kernel", seed = 1) =>
  initializerOf(kind)(shape, drawOf(seed, name));

/** The mean of x and of x². */
function momentsOf(values: Float32Array): { mean: number; square: number } {
  let [mean, square] = [0, 0];
  for (const value of values) {
    mean += value / values.length;
    square += value ** 2 / values.length;
  }
  return { mean, square };
}

/** Five standard errors of n draws: x² has the variance 2σ⁴ of normal numbers and 4/5 σ⁴ of uniform ones. */
function expectVariance(values: Float32Array, variance: number, kind: "uniform" | "normal"): void {
  const { mean, square } = momentsOf(values);
  const n = values.length;
  expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(variance / n));
  expect(Math.abs(square - variance)).toBeLessThan(5 * variance * Math.sqrt((kind === "normal" ? 2 : 0.8) / n));
}

describe("variances are those of the sources, with the fans of the shape", () => {
  const shapes: readonly [what: string, shape: Shape, fanIn: number, fanOut: number][] = [
    ["a matrix (in, out)", [300, 100], 300, 100],
    ["a kernel (height, width, in, out)", [3, 5, 20, 40], 3 * 5 * 20, 3 * 5 * 40],
    ["a kernel (width, in, out)", [7, 30, 50], 7 * 30, 7 * 50],
    ["a vector", [8000], 8000, 8000],
  ];
  const variances = {
    glorot: (fanIn: number, fanOut: number) => 2 / (fanIn + fanOut),
    he: (fanIn: number) => 2 / fanIn,
    lecun: (fanIn: number) => 1 / fanIn,
  };
  for (const [what, shape, fanIn, fanOut] of shapes) {
    for (const [name, varianceOf] of Object.entries(variances)) {
      const variance = varianceOf(fanIn, fanOut);
      it(`${name}Uniform of ${what} stays within √(3 · variance)`, () => {
        const values = drawn(`${name}Uniform` as InitializerKind, shape);
        expect(values).toHaveLength(sizeOf(shape));
        expectVariance(values, variance, "uniform");
        // Of n draws all stay out of the outermost 1 % of both sides with probability 0.99ⁿ.
        const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        expect(largest).toBeLessThanOrEqual(Math.fround(Math.sqrt(3 * variance)));
        expect(largest).toBeGreaterThan(0.99 * Math.sqrt(3 * variance));
      });

      it(`${name}Normal of ${what} is not truncated`, () => {
        const values = drawn(`${name}Normal` as InitializerKind, shape);
        expectVariance(values, variance, "normal");
        // 4.55 % of a normal distribution lie beyond two deviations.
        const beyond = values.filter((value) => Math.abs(value) > 2 * Math.sqrt(variance)).length / values.length;
        expect(Math.abs(beyond - 0.0455)).toBeLessThan(5 * Math.sqrt((0.0455 * 0.9545) / values.length));
      });
    }
  }

  it("uniformWithin and normalOf take what they are given", () => {
    expectVariance(uniformWithin(0.05)([100, 100], drawOf(1, "table")), 0.05 ** 2 / 3, "uniform");
    expectVariance(normalOf(0.02)([100, 100], drawOf(1, "table")), 0.02 ** 2, "normal");
  });
});

describe("orthogonal", () => {
  /** The largest difference of the products of the block's vectors from 1 with themselves and 0 with others. */
  function deviation(values: Float32Array, width: number, start: number, columns: number): number {
    const rows = values.length / width;
    const at = (row: number, column: number) => values[row * width + start + column] as number;
    const wide = columns > rows;
    const [count, length] = wide ? [rows, columns] : [columns, rows];
    let most = 0;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        let product = 0;
        for (let i = 0; i < length; i++) product += wide ? at(a, i) * at(b, i) : at(i, a) * at(i, b);
        most = Math.max(most, Math.abs(product - (a === b ? 1 : 0)));
      }
    }
    return most;
  }

  for (const [what, shape] of [
    ["a square matrix", [64, 64]],
    ["a high matrix: its columns", [96, 20]],
    ["a wide matrix: its rows", [20, 96]],
    ["a kernel, its leading axes as rows", [3, 3, 4, 16]],
  ] as const) {
    it(`makes orthonormal ${what}`, () => {
      const width = shape.at(-1) as number;
      expect(deviation(drawn("orthogonal", shape), width, 0, width)).toBeLessThan(1e-6);
    });
  }

  it("makes each gate's block of a recurrent kernel orthogonal by itself, and all of them different", () => {
    const [h, gates] = [24, 4];
    const values = orthogonalBlocks(gates)([h, gates * h], drawOf(1, "lstm.recurrent"));
    for (let gate = 0; gate < gates; gate++) {
      expect(deviation(values, gates * h, gate * h, h)).toBeLessThan(1e-6);
    }
    const first = (gate: number) => values[gate * h];
    expect(new Set([0, 1, 2, 3].map(first)).size).toBe(gates);
  });

  it("has no preferred sign: the diagonal of many small matrices is positive as often as negative", () => {
    const n = 2000;
    let positive = 0;
    for (let k = 0; k < n; k++) positive += Number((drawn("orthogonal", [2, 2], `layer${k}.kernel`)[3] as number) > 0);
    expect(Math.abs(positive - n / 2)).toBeLessThan(5 * Math.sqrt(n / 4));
  });

  it.each([
    [1, 5],
    [4, 4],
    [6, 9],
    [33, 33],
    [70, 70],
  ])(
    "is Q of the QR decomposition of a normal matrix, R with a positive diagonal: %i columns of %i",
    (count, length) => {
      const [draw, offset] = [drawOf(3, "gru.recurrent"), 1000];
      const vectors = orthonormal(count, length, draw, offset);
      const matrix = Array.from({ length: count }, (_, k) =>
        Array.from({ length }, (_, i) => draw.normal(offset + k * length + i)),
      );
      for (const [k, vector] of vectors.entries()) {
        // Only one Q has an R = Qᵀ A that is zero below its diagonal and positive on it.
        const row = matrix.map((column) => column.reduce((sum, value, i) => sum + value * (vector[i] as number), 0));
        for (const below of row.slice(0, k)) expect(Math.abs(below)).toBeLessThan(1e-12 * length);
        expect(row[k]).toBeGreaterThan(0);
      }
      for (const [a, u] of vectors.entries()) {
        for (const [b, v] of vectors.entries()) {
          const product = u.reduce((sum, value, i) => sum + value * (v[i] as number), 0);
          expect(Math.abs(product - Number(a === b))).toBeLessThan(1e-14 * length);
        }
      }
    },
  );

  it("stays orthonormal where what is drawn is zero", () => {
    const nothing: Draw = { uniform: () => 0, normal: () => 0 };
    const [first, second] = orthonormal(2, 2, nothing, 0) as [Float64Array, Float64Array];
    expect(Math.abs(first[0] as number)).toBeCloseTo(1, 14);
    expect(first[1]).toBeCloseTo(0, 14);
    expect(second[0]).toBeCloseTo(0, 14);
    expect(Math.abs(second[1] as number)).toBeCloseTo(1, 14);
  });

  it("refuses a last axis that does not divide into the blocks", () => {
    expect(() => orthogonalBlocks(3)([4, 8], drawOf(1, "gru.recurrent"))).toThrow(
      "the last axis of 4×8 does not divide into 3 blocks; give a multiple of 3",
    );
  });
});

describe("every initializer", () => {
  const kinds = initializerField("glorotUniform").options;

  it("gives zeros and ones where those are asked for", () => {
    expect([...drawn("zeros", [2, 2])]).toEqual([0, 0, 0, 0]);
    expect([...drawn("ones", [2, 2])]).toEqual([1, 1, 1, 1]);
  });

  for (const kind of kinds) {
    it(`${kind}: the same seed and name give the same bits, others give others`, () => {
      const values = drawn(kind, [8, 8]);
      expect(drawn(kind, [8, 8])).toEqual(values);
      if (kind === "zeros" || kind === "ones") return;
      expect(drawn(kind, [8, 8], "dense_2.kernel")).not.toEqual(values);
      expect(drawn(kind, [8, 8], "dense.kernel", 2)).not.toEqual(values);
    });

    it(`${kind}: a parameter without elements has none`, () => {
      expect(drawn(kind, [0, 4])).toHaveLength(0);
    });
  }
});
