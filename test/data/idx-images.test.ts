import { expect, test } from "vitest";
import { checkDataset } from "../../src/data/check-dataset.ts";
import type { DataFile } from "../../src/data/dataset.ts";
import { idxImagesSource } from "../../src/data/sources/idx-images.ts";
import { fileOf, gzipped, idxBytes, noise } from "./files.ts";
import { load } from "./load.ts";
import { refusal } from "./refusal.ts";

const HEIGHT = 4;
const WIDTH = 3;

/** Labels k % classes; every pixel of image k is k. */
function labelsOf(count: number, classes = 10): Uint8Array {
  return Uint8Array.from({ length: count }, (_, k) => k % classes);
}

function imagesOf(count: number): Uint8Array {
  return Uint8Array.from({ length: count * HEIGHT * WIDTH }, (_, k) => Math.floor(k / (HEIGHT * WIDTH)));
}

const trainImages = fileOf("train-images-idx3-ubyte", idxBytes([40, HEIGHT, WIDTH], imagesOf(40)));
const trainLabels = gzipped("train-labels-idx1-ubyte.gz", idxBytes([40], labelsOf(40)));
const testImages = gzipped("t10k-images-idx3-ubyte.gz", idxBytes([20, HEIGHT, WIDTH], imagesOf(20)));
const testLabels = fileOf("t10k-labels-idx1-ubyte", idxBytes([20], labelsOf(20)));
const all = [trainImages, trainLabels, testImages, testLabels];

const refused = (files: readonly DataFile[], config = {}) => refusal(() => load(idxImagesSource, files, config));

test("the four files, plain or gzip and in any order, are training and validation samples", async () => {
  for (const files of [all, [...all].reverse()]) {
    const { inputs, target, training, validation } = await load(idxImagesSource, files);
    expect(inputs).toEqual([{ name: "image", shape: [HEIGHT, WIDTH, 1], dtype: "f32" }]);
    expect(target.categories).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    expect([training.count, validation.count]).toEqual([40, 20]);
    expect(training.columns.get("image")?.values).toEqual(imagesOf(40));
    expect(training.columns.get("label")?.values).toEqual(Int32Array.from(labelsOf(40)));
    expect(validation.columns.get("image")?.values).toEqual(imagesOf(20));
    expect(validation.columns.get("label")?.values).toEqual(Int32Array.from(labelsOf(20)));
  }
});

test("without the t10k files, a part of the training samples is kept: each image with its label, none twice", async () => {
  const dataset = await load(idxImagesSource, [trainImages, trainLabels], { validation: 0.25 });
  checkDataset(dataset);
  const seen: number[] = [];
  for (const { count, columns } of [dataset.training, dataset.validation]) {
    const [images, labels] = [columns.get("image"), columns.get("label")];
    for (let sample = 0; sample < count; sample++) {
      const first = (images?.offset ?? 0) + sample * HEIGHT * WIDTH;
      const pixels = images?.values.subarray(first, first + HEIGHT * WIDTH) ?? [];
      const image = pixels[0] as number;
      expect(new Set(pixels)).toEqual(new Set([image]));
      expect(labels?.values[(labels.offset ?? 0) + sample]).toBe(image % 10);
      seen.push(image);
    }
  }
  expect([dataset.training.count, dataset.validation.count]).toEqual([30, 10]);
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, k) => k));
});

test("names as other sets of images have them are known", async () => {
  const files = [
    { ...trainImages, name: "emnist-letters-train-images-idx3-ubyte" },
    { ...trainLabels, name: "emnist-letters-train-labels-idx1-ubyte.gz" },
    { ...testImages, name: "emnist-letters-test-images.idx3-ubyte" },
    { ...testLabels, name: "emnist-letters-test-labels.idx1-ubyte" },
  ];
  expect((await load(idxImagesSource, files)).validation.count).toBe(20);
});

test.each([
  [0, "training images", "train-images-idx3-ubyte"],
  [1, "training labels", "train-labels-idx1-ubyte"],
  [2, "validation images", "t10k-images-idx3-ubyte"],
  [3, "validation labels", "t10k-labels-idx1-ubyte"],
])("without file %i, the missing %s are asked for by name", async (k, what, name) => {
  const message = await refused(all.filter((_, other) => other !== k));
  expect(message).toBe(`there is no file with the ${what}; add "${name}", plain or .gz`);
});

test("without any file, the training images are asked for", async () => {
  expect(await refused([])).toMatch(/no file with the training images/);
});

test("a file that belongs to no set is refused by its name", async () => {
  expect(await refused([...all, fileOf("README.md", "Images")])).toMatch(/^"README\.md": belongs to no set of images/);
  expect(await refused([...all, fileOf("images", [])])).toMatch(/^"images": belongs to no set/);
});

test("the same part twice is refused by both names", async () => {
  const message = await refused([...all, { ...trainImages, name: "train-images.gz" }]);
  expect(message).toMatch(/^"train-images\.gz": has the training images, and so has "train-images-idx3-ubyte"; leave/);
});

test("as many labels as images are needed; both numbers are named", async () => {
  const labels = fileOf("train-labels", idxBytes([39], labelsOf(39)));
  expect(await refused([trainImages, labels])).toMatch(
    /^"train-labels": has 39 labels, but "train-images-idx3-ubyte" has 40 images; choose/,
  );
});

test("images and labels that were swapped are refused", async () => {
  const swapped = [
    { ...trainImages, name: "train-labels" },
    { ...trainLabels, name: "train-images" },
  ];
  expect(await refused(swapped)).toMatch(/^"train-images": has 1 dimensions instead of 3/);
});

test("validation images of another size are refused with both sizes", async () => {
  const images = fileOf("t10k-images", idxBytes([20, 5, 6], noise(600)));
  expect(await refused([trainImages, trainLabels, images, testLabels])).toMatch(
    /^"t10k-images": its images are 5 × 6, those of "train-images-idx3-ubyte" 4 × 3; choose/,
  );
});

test("a validation label that no training label has is refused with sample and value", async () => {
  const labels = fileOf("t10k-labels", idxBytes([20], [...labelsOf(19), 10]));
  expect(await refused([trainImages, trainLabels, testImages, labels])).toMatch(
    /^"t10k-labels": the label of sample 20 is 10, the 10 classes go from 0 to 9; choose/,
  );
});

test("the classes are as many as asked for, and labels beyond them are refused", async () => {
  const { target } = await load(idxImagesSource, all, { classes: 12 });
  expect(target.categories?.length).toBe(12);
  expect(await refused(all, { classes: 7 })).toMatch(
    /^"train-labels-idx1-ubyte\.gz": the label of sample 8 is 7, the 7 classes go from 0 to 6/,
  );
});

test("fewer labels give fewer classes", async () => {
  const labels = fileOf("train-labels", idxBytes([40], labelsOf(40, 3)));
  expect((await load(idxImagesSource, [trainImages, labels])).target.categories).toEqual(["0", "1", "2"]);
});

test("a single image is refused: none would be left for validation", async () => {
  const images = fileOf("train-images", idxBytes([1, HEIGHT, WIDTH], imagesOf(1)));
  const labels = fileOf("train-labels", idxBytes([1], [1]));
  expect(await refused([images, labels])).toMatch(/^"train-images": has 1 image, and one more is needed/);
});
