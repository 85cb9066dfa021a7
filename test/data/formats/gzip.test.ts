import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { gunzip } from "../../../src/data/formats/gzip.ts";
import { fileOf, noise } from "../files.ts";
import { refusal } from "../refusal.ts";

const MIB = 2 ** 20;

test.each([0, 1, 1000, 200_000])("%i bytes come back as they were packed", async (count) => {
  const bytes = noise(count);
  expect(Buffer.compare(await gunzip(fileOf("a.gz", gzipSync(bytes)), count), bytes)).toBe(0);
});

test("a file that begins otherwise is refused with what it begins with", async () => {
  const message = await refusal(() => gunzip(fileOf("photo.gz", [0x89, 0x50, 0x4e]), MIB));
  expect(message).toMatch(/^"photo\.gz": .*"89 50".*"1f 8b".*choose/);
});

test("wherever a file is cut off, it is refused", async () => {
  const packed = gzipSync(noise(300));
  for (let length = 2; length < packed.length; length++) {
    const message = await refusal(() => gunzip(fileOf("cut.gz", packed.subarray(0, length)), MIB));
    expect(message).toMatch(/^"cut\.gz": .*damaged or cut off.*again$/);
  }
});

test("whichever byte of the packed data or their check sum is flipped, the file is refused", async () => {
  const packed = gzipSync("The quick brown fox jumps over the lazy dog, again and again and again.");
  for (let position = 10; position < packed.length; position++) {
    const flipped = Uint8Array.from(packed);
    flipped[position] = 255 - (flipped[position] as number);
    expect(await refusal(() => gunzip(fileOf("flipped.gz", flipped), MIB))).toMatch(/damaged|more than/);
  }
});

test("bytes after the end are refused, another member as well as anything else", async () => {
  const packed = gzipSync("abc");
  for (const after of [[1, 2, 3, 4, 5, 6, 7, 8], [0], gzipSync("a longer text")]) {
    expect(await refusal(() => gunzip(fileOf("two.gz", [...packed, ...after]), MIB))).toMatch(/damaged/);
  }
});

test("a file may unpack to the limit and no further", async () => {
  const packed = fileOf("zeros.gz", gzipSync(new Uint8Array(5000)));
  expect((await gunzip(packed, 5000)).length).toBe(5000);
  expect(await refusal(() => gunzip(packed, 4999))).toBe(
    '"zeros.gz": unpacks to more than 4,999 bytes, the most that is read; choose a smaller file',
  );
});

test("a bomb is given up at the limit: the damage behind it is never reached", async () => {
  const bomb = gzipSync(new Uint8Array(64 * MIB));
  const damaged = Uint8Array.from(bomb).fill(255, bomb.length / 2);
  expect(await refusal(() => gunzip(fileOf("bomb.gz", damaged), MIB))).toMatch(/more than 1,048,576 bytes/);
});
