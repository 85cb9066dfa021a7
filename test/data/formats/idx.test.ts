import { expect, test } from "vitest";
import { readIdx } from "../../../src/data/formats/idx.ts";
import { fileOf, gzipped, idxBytes, noise } from "../files.ts";
import { dataError, refusal } from "../refusal.ts";

const images = idxBytes([3, 4, 5], noise(60));

test("sizes and values come back, from a plain file and from a gzip file", async () => {
  for (const file of [fileOf("images", images), gzipped("images.gz", images)]) {
    const { shape, values } = await readIdx(file, 3);
    expect(shape).toEqual([3, 4, 5]);
    expect([...values]).toEqual([...noise(60)]);
  }
});

test("a file that is a view of a larger buffer is read from where it begins", async () => {
  const larger = new Uint8Array(images.length + 7);
  larger.set(images, 7);
  const { shape, values } = await readIdx({ name: "view", bytes: larger.subarray(7) }, 3);
  expect(shape).toEqual([3, 4, 5]);
  expect([...values]).toEqual([...noise(60)]);
});

test("a file shorter than its magic number is refused", async () => {
  for (const length of [0, 3]) {
    const message = await refusal(() => readIdx(fileOf("short", images.subarray(0, length)), 3));
    expect(message).toBe(`"short": has ${length} bytes, too few for an IDX file; choose another file or get it again`);
  }
});

test("a wrong magic number is refused with the bytes there and those expected", async () => {
  const message = await refusal(() => readIdx(fileOf("photo.png", [0x89, 0x50, 0x4e, 0x47, 0, 0]), 3));
  expect(message).toMatch(/^"photo\.png": is no IDX file.*"89 50 4e 47".*"00 00 08 03".*choose/);
  expect(await refusal(() => readIdx(fileOf("type", [0, 0, 7, 3]), 3))).toMatch(/"00 00 07 03"/);
});

test.each([
  [0x09, "signed bytes"],
  [0x0b, "16-bit integers"],
  [0x0c, "32-bit integers"],
  [0x0d, "32-bit floats"],
  [0x0e, "64-bit floats"],
])("type %i, %s, is refused by name", async (type, name) => {
  const message = await refusal(() => readIdx(fileOf("typed", idxBytes([1, 1, 1], noise(8), type)), 3));
  expect(message).toBe(`"typed": holds ${name}; only unsigned bytes (0 to 255) are read, so save it as those`);
});

test("labels in the place of images are refused, and images in that of labels", async () => {
  const labels = idxBytes([4], [1, 2, 3, 4]);
  expect(await refusal(() => readIdx(fileOf("labels", labels), 3))).toMatch(/has 1 dimensions instead of 3/);
  expect(await refusal(() => readIdx(fileOf("images", images), 1))).toMatch(/has 3 dimensions instead of 1/);
});

test("wherever a file is cut off, it is refused", async () => {
  for (let length = 4; length < images.length; length++) {
    const message = await refusal(() => readIdx(fileOf("cut", images.subarray(0, length)), 3));
    expect(message).toMatch(length < 16 ? /header of 3 dimensions takes 16 bytes/ : /declares 3 × 4 × 5 bytes/);
    expect(message).toMatch(/^"cut": is cut off.*; get the file again$/);
  }
});

test("bytes after the values are refused", async () => {
  const message = await refusal(() => readIdx(fileOf("long", [...images, 1, 2]), 3));
  expect(message).toBe('"long": declares 3 × 4 × 5 bytes, but 62 follow: 2 too many; get the file again');
  const error = await dataError(() => readIdx(fileOf("long", [...images, 1, 2]), 3));
  expect(error.text?.zh).toBe("“long”：声明有 3 × 4 × 5 字节，其后却有 62 字节，多出 2 字节；请重新获取该文件");
});

test("sizes that lie are refused before anything is allocated, however large their product", async () => {
  const lie = 2 ** 32 - 1;
  const message = await refusal(() => readIdx(fileOf("lie", idxBytes([lie, lie, lie], noise(60))), 3));
  expect(message).toMatch(/declares 4,294,967,295 × 4,294,967,295 × 4,294,967,295 bytes, 60 follow/);
});

test("a file of no values is refused", async () => {
  expect(await refusal(() => readIdx(fileOf("empty", idxBytes([0, 28, 28], [])), 3))).toMatch(/is empty.*0 × 28 × 28/);
});

test("a damaged gzip file is refused by its name", async () => {
  const file = gzipped("images.gz", images);
  const cut = { ...file, bytes: file.bytes.subarray(0, 30) };
  expect(await refusal(() => readIdx(cut, 3))).toMatch(/^"images\.gz": .*damaged or cut off/);
});
