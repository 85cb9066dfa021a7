import { expect, test } from "vitest";
import { glyphDigitsSource } from "../../src/data/sources/glyph-digits.ts";
import { load } from "./load.ts";
import { nearestNeighbour, share, softmaxRegression } from "./probes.ts";
import { samplesOf } from "./source-samples.ts";

async function digits(samples: number, config: Record<string, unknown> = {}) {
  const { inputs, target, training, validation } = await load(glyphDigitsSource, [], { samples, ...config });
  const [input] = inputs;
  if (input === undefined) throw new Error("no input");
  const part = (of: typeof training) => ({ inputs: samplesOf(of, input), labels: samplesOf(of, target).flat() });
  return { training: part(training), validation: part(validation) };
}

test("a digit is bright strokes on black that keep off the edge", async () => {
  const { training } = await digits(1000, { noise: 0 });
  for (const image of training.inputs) {
    const ink = image.reduce((sum, value) => sum + value, 0) / 255;
    expect(Math.max(...image)).toBeGreaterThan(0.6 * 255);
    expect(ink).toBeGreaterThan(10);
    expect(ink).toBeLessThan(250);
  }
  // Next to no ink on the outermost pixels.
  const edge = training.inputs.map((image) => {
    const onEdge = image.filter((_, k) => k < 28 || k >= 27 * 28 || k % 28 === 0 || k % 28 === 27);
    return onEdge.reduce((sum, value) => sum + value, 0) / image.reduce((sum, value) => sum + value, 0);
  });
  expect(edge.reduce((sum, part) => sum + part, 0) / edge.length).toBeLessThan(0.005);
});

test("digits look like their kind: the most similar image is mostly of the same digit", async () => {
  const { training, validation } = await digits(4000);
  const told = validation.inputs.map((image) => nearestNeighbour(training, image));
  expect(share(told, validation.labels)).toBeGreaterThan(0.85);
});

test("digits are no task for a linear model", async () => {
  const { training, validation } = await digits(4000);
  const told = softmaxRegression(training, 10, 12);
  expect(share(validation.inputs.map(told), validation.labels)).toBeGreaterThan(0.6);
  expect(share(validation.inputs.map(told), validation.labels)).toBeLessThan(0.94);
});

test("an autoencoder's target is the image, the very same values", async () => {
  const { inputs, target, training, validation } = await load(glyphDigitsSource, [], { samples: 50, target: "image" });
  expect(target).toMatchObject({ shape: [28, 28, 1], dtype: "f32" });
  expect(target.name).not.toBe(inputs[0]?.name);
  for (const { columns } of [training, validation]) {
    const image = columns.get(inputs[0]?.name as string);
    expect(columns.get(target.name)?.values).toBe(image?.values);
    expect(columns.get(target.name)?.offset).toBe(image?.offset);
  }
});
