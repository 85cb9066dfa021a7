import { describe, expect, it } from "vitest";
import { compile } from "../../src/graph/compile.ts";
import { gradient } from "../../src/graph/gradient.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { threefry, unitInterval } from "../../src/graph/random.ts";
import { hash } from "../../src/nn/initializer.ts";
import type { Layer } from "../../src/nn/layer.ts";
import { cutoutLayer } from "../../src/nn/layers/cutout.ts";
import { randomFlipLayer } from "../../src/nn/layers/random-flip.ts";
import { randomRotationLayer } from "../../src/nn/layers/random-rotation.ts";
import { randomTranslationLayer } from "../../src/nn/layers/random-translation.ts";
import { randomZoomLayer } from "../../src/nn/layers/random-zoom.ts";
import { type PixelMap, sampleImage } from "../../src/nn/parts/sample-image.ts";
import { sharedGpu } from "../gpu/open.ts";
import { evaluateOn } from "../ops/evaluate.ts";
import { buildLayer, refusalOf } from "./layer-context.ts";

const [B, H, W, C] = [24, 7, 5, 3];
const x = variable("x", [B, H, W, C]);
/** No two pixels alike, none 0. */
const pictures = new NdArray(
  [B, H, W, C],
  Float64Array.from({ length: B * H * W * C }, (_, k) => Math.fround(Math.sin(k) + 1.5)),
);
const pixel = (b: number, row: number, column: number, c: number) =>
  row < 0 || column < 0 || row >= H || column >= W ? 0 : pictures.at(((b * H + row) * W + column) * C + c);

/** The uniform number of [0, 1) that a layer draws for a sample. */
const uniformOf = (purpose: string, sample: number, step = 0) =>
  unitInterval(threefry(1, hash(`layer.${purpose}`), sample, step)[0]);
const signedOf = (purpose: string, sample: number) => 2 * uniformOf(purpose, sample) - 1;

type Config = Record<string, unknown>;

function built(layer: Layer, config: Config, step = 0, input = x, images = pictures) {
  const { output, feed, step: stepVariable } = buildLayer(layer, config, [input]);
  return {
    output,
    feed: new Map([...feed, [input, images] as const, [stepVariable, new NdArray([], [step], "u32")] as const]),
  };
}

function trained(layer: Layer, config: Config, step = 0): NdArray {
  const { output, feed } = built(layer, config, step);
  return interpret([output], feed)[0] as NdArray;
}

/** Compares every value with what the obvious loop says of it. */
function expectPixels(y: NdArray, value: (b: number, row: number, column: number, c: number) => number): void {
  expect(y.shape).toEqual([B, H, W, C]);
  const differences: string[] = [];
  for (let k = 0; k < y.data.length; k++) {
    const [c, column, row, b] = [k % C, Math.floor(k / C) % W, Math.floor(k / C / W) % H, Math.floor(k / C / W / H)];
    const expected = value(b, row, column, c);
    if (Math.abs(y.at(k) - expected) > 1e-9) differences.push(`${b}, ${row}, ${column}, ${c}: ${y.at(k)}, ${expected}`);
  }
  expect(differences).toEqual([]);
}

/** The value at a place between pixels: every pixel within a distance of 1 along both axes, by its nearness. */
function between(b: number, row: number, column: number, c: number): number {
  let value = 0;
  for (let r = 0; r < H; r++) {
    for (let q = 0; q < W; q++) {
      value += Math.max(0, 1 - Math.abs(r - row)) * Math.max(0, 1 - Math.abs(q - column)) * pixel(b, r, q, c);
    }
  }
  return value;
}

const [middleRow, middleColumn] = [(H - 1) / 2, (W - 1) / 2];
const layers: readonly [layer: Layer, config: Config][] = [
  [randomFlipLayer, { mode: "both" }],
  [randomTranslationLayer, { fraction: 0.4 }],
  [randomRotationLayer, { degrees: 70 }],
  [randomZoomLayer, { fraction: 0.5 }],
  [cutoutLayer, { size: 3 }],
];

describe.each(layers)("$kind", (layer, config) => {
  const gpu = sharedGpu();

  it("is the identity in evaluation", () => {
    expect(buildLayer(layer, config, [x], { training: false }).output).toBe(x);
  });

  it("draws for each sample by itself", () => {
    const same = new NdArray(
      [B, H, W, C],
      pictures.data.map((_, k) => pictures.at(k % (H * W * C))),
    );
    const { output, feed } = built(layer, config, 0, x, same);
    const [y] = interpret([output], feed) as [NdArray];
    const samples = Array.from({ length: B }, (_, b) => y.data.slice(b * H * W * C, (b + 1) * H * W * C).join());
    // Of a flip there are four outcomes, of the others a different one almost always.
    expect(new Set(samples).size).toBeGreaterThan(layer === randomFlipLayer ? 3 : B / 2);
  });

  it("draws anew at every step, and the same at the same step", () => {
    const first = trained(layer, config, 7);
    expect(trained(layer, config, 7)).toEqual(first);
    expect(trained(layer, config, 8)).not.toEqual(first);
  });

  it("gives on the GPU what it gives in the interpreter", async () => {
    const { output, feed } = built(layer, config);
    const [reference] = interpret([output], feed) as [NdArray];
    const [y] = (await evaluateOn(gpu())([output], feed)) as [NdArray];
    const far = [...y.data.keys()].filter((k) => Math.abs(y.at(k) - reference.at(k)) > 1e-5);
    expect(far).toEqual([]);
  });

  it("passes gradients on, where it stands behind parameters: the transposed map", async () => {
    const { output, feed } = built(layer, config);
    const weights = variable("weights", output.shape);
    feed.set(
      weights,
      pictures.map((_, k) => Math.cos(k)),
    );
    const [dx] = gradient(sum(mul(output, weights)), [x]) as [typeof x];
    // The layer is linear: ⟨weights, layer(x)⟩ = ⟨dx, x⟩.
    const products = [sum(mul(output, weights)), sum(mul(dx, x))];
    const [forward, backward] = interpret(products, feed) as [NdArray, NdArray];
    expect(backward.at(0)).toBeCloseTo(forward.at(0), 6);
    const [onGpu] = (await evaluateOn(gpu())([dx], feed)) as [NdArray];
    const [reference] = interpret([dx], feed) as [NdArray];
    expect([...onGpu.data.keys()].filter((k) => Math.abs(onGpu.at(k) - reference.at(k)) > 1e-5)).toEqual([]);
  });

  it("refuses what is no image", () => {
    expect(refusalOf(() => buildLayer(layer, config, [variable("flat", [B, 10])])).message).toContain("but the input");
    const tokens = variable("tokens", [B, H, W, C], "i32");
    expect(refusalOf(() => buildLayer(layer, config, [tokens])).repairs).toContainEqual({
      kind: "insert",
      layer: "Embedding",
    });
  });
});

describe("at strength 0 an augmentation is the identity, bit for bit", () => {
  const gpu = sharedGpu();
  const still: readonly [layer: Layer, config: Config][] = [
    [randomTranslationLayer, { fraction: 0 }],
    [randomRotationLayer, { degrees: 0 }],
    [randomZoomLayer, { fraction: 0 }],
    [cutoutLayer, { size: 0 }],
  ];
  it.each(still)("$kind", async (layer, config) => {
    const { output, feed } = built(layer, config);
    expect((interpret([output], feed)[0] as NdArray).data).toEqual(pictures.data);
    // With size 0 there is nothing to compute, and x itself is no output of a plan.
    if (output === x) return;
    expect(((await evaluateOn(gpu())([output], feed))[0] as NdArray).data).toEqual(pictures.data);
  });

  it("is said by live values where it is a number", () => {
    expect(randomTranslationLayer.fields.fraction).toMatchObject({ live: true });
    expect(randomRotationLayer.fields.degrees).toMatchObject({ live: true });
    expect(randomZoomLayer.fields.fraction).toMatchObject({ live: true });
  });
});

describe("RandomFlip", () => {
  const expectFlips = (mode: string, horizontal: boolean, vertical: boolean) => {
    expectPixels(trained(randomFlipLayer, { mode }), (b, row, column, c) => {
      const upsideDown = vertical && uniformOf("vertical", b) < 0.5;
      const mirrored = horizontal && uniformOf("horizontal", b) < 0.5;
      return pixel(b, upsideDown ? H - 1 - row : row, mirrored ? W - 1 - column : column, c);
    });
  };

  it("mirrors left to right", () => expectFlips("horizontal", true, false));
  it("turns upside down", () => expectFlips("vertical", false, true));
  it("does each by itself", () => expectFlips("both", true, true));

  it("flips half of the images", () => {
    const n = 4000;
    const many = variable("many", [n, 1, 2, 1]);
    const images = new NdArray(
      [n, 1, 2, 1],
      Float64Array.from({ length: 2 * n }, (_, k) => k % 2),
    );
    const { output, feed } = built(randomFlipLayer, {}, 0, many, images);
    const flipped = (interpret([output], feed)[0] as NdArray).data.filter((value, k) => k % 2 === 0 && value === 1);
    expect(Math.abs(flipped.length - n / 2)).toBeLessThan(5 * Math.sqrt(n / 4));
  });
});

describe("RandomTranslation", () => {
  it("moves each image by a part of its height and width, by what the obvious loop says", () => {
    const fraction = 0.4;
    expectPixels(trained(randomTranslationLayer, { fraction }), (b, row, column, c) =>
      between(b, row + signedOf("vertical", b) * fraction * H, column + signedOf("horizontal", b) * fraction * W, c),
    );
  });
});

describe("RandomRotation", () => {
  it("turns each image about its middle, by what the obvious loop says", () => {
    const degrees = 70;
    expectPixels(trained(randomRotationLayer, { degrees }), (b, row, column, c) => {
      const angle = (signedOf("", b) * degrees * Math.PI) / 180;
      const [y, x] = [row - middleRow, column - middleColumn];
      return between(
        b,
        Math.cos(angle) * y + Math.sin(angle) * x + middleRow,
        -Math.sin(angle) * y + Math.cos(angle) * x + middleColumn,
        c,
      );
    });
  });

  it("turns a square picture by a quarter, anticlockwise, where the angle is 90°", () => {
    const square = variable("square", [1, 3, 3, 1]);
    const numbers = new NdArray([1, 3, 3, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const { output, feed } = built(randomRotationLayer, {}, 0, square, numbers);
    const degrees = [...feed.keys()].find(({ call }) => (call.attrs as { name: string }).name === "layer.degrees");
    feed.set(degrees as typeof square, new NdArray([], [90 / signedOf("", 0)]));
    const [y] = interpret([output], feed) as [NdArray];
    for (const [k, value] of [3, 6, 9, 2, 5, 8, 1, 4, 7].entries()) expect(y.at(k)).toBeCloseTo(value, 9);
  });
});

describe("RandomZoom", () => {
  it("shows a part of each image about its middle, by what the obvious loop says", () => {
    const fraction = 0.5;
    expectPixels(trained(randomZoomLayer, { fraction }), (b, row, column, c) => {
      const shown = 1 + signedOf("", b) * fraction;
      return between(b, (row - middleRow) * shown + middleRow, (column - middleColumn) * shown + middleColumn, c);
    });
  });
});

describe("Cutout", () => {
  it.each([1, 2, 3, 4])("sets a square of %i pixels about a random pixel to 0, and nothing else", (size) => {
    expectPixels(trained(cutoutLayer, { size }), (b, row, column, c) => {
      const top = Math.floor(uniformOf("row", b) * H) - Math.floor(size / 2);
      const left = Math.floor(uniformOf("column", b) * W) - Math.floor(size / 2);
      const isCut = row >= top && row < top + size && column >= left && column < left + size;
      return isCut ? 0 : pixel(b, row, column, c);
    });
  });
});

describe("sampleImage", () => {
  const gpu = sharedGpu();
  const drawn = async (map: PixelMap) => (await evaluateOn(gpu())([sampleImage(x, map)], new Map([[x, pictures]])))[0];

  it("shifts by whole pixels exactly, with zeros from outside", async () => {
    const shifted = (await drawn({ rows: [1, 0, 2], columns: [0, 1, -1] })) as NdArray;
    expectPixels(shifted, (b, row, column, c) => pixel(b, row + 2, column - 1, c));
  });

  it("mixes the four neighbours of a place between pixels", async () => {
    const shifted = (await drawn({ rows: [1, 0, 0.5], columns: [0, 1, 0.5] })) as NdArray;
    const reference = interpret(
      [sampleImage(x, { rows: [1, 0, 0.5], columns: [0, 1, 0.5] })],
      new Map([[x, pictures]]),
    );
    expectPixels(reference[0] as NdArray, (b, row, column, c) => between(b, row + 0.5, column + 0.5, c));
    for (const [k, value] of shifted.data.entries()) expect(value).toBeCloseTo((reference[0] as NdArray).at(k), 5);
  });

  it("is fused: the draws apart, pictures are read and written in few dispatches", () => {
    const { output } = built(randomRotationLayer, { degrees: 30 });
    const plan = compile({ outputs: [output] }, gpu().profile);
    expect(plan.dispatches.length).toBeLessThanOrEqual(2);
  });
});
