import { expect, test } from "vitest";
import { readSafetensors, writeSafetensors } from "../../../src/data/formats/safetensors.ts";
import { fileOf, noise } from "../files.ts";
import { dataError } from "../refusal.ts";

/** Weights are read by the terminal alone, in English. */
const refusal = async (run: () => unknown) => (await dataError(run)).message;

/** A file of this header, or this text in its place, with its length before it, and these bytes behind. */
function bytesOf(header: unknown, data: ArrayLike<number> = [], length?: bigint): number[] {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const before = new Uint8Array(8);
  new DataView(before.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  return [...before, ...json, ...Array.from(data)];
}

const read = (header: unknown, data: ArrayLike<number> = [], length?: bigint) =>
  readSafetensors(fileOf("weights.safetensors", bytesOf(header, data, length)));
const refused = (header: unknown, data: ArrayLike<number> = [], length?: bigint) =>
  refusal(() => read(header, data, length));

const entry = (begin: number, end: number, shape = [(end - begin) / 4], dtype = "F32") => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

const special = Float32Array.of(0, -0, 1, -1.5, 1e-45, 3.4028234663852886e38, Infinity, -Infinity, Number.NaN);

test("tensors and metadata come back bit for bit, in their order", () => {
  const tensors = new Map([
    ["conv_1.kernel", { shape: [3, 1, 3], values: special }],
    ["bias", { shape: [], values: Float32Array.of(7) }],
    ["empty", { shape: [0, 4], values: new Float32Array(0) }],
    ["a view", { shape: [2], values: special.subarray(2, 4) }],
  ]);
  const bytes = writeSafetensors(tensors, { step: "12", 说明: '引号 " 和 🐈' });
  const file = readSafetensors({ name: "a.safetensors", bytes });
  expect([...file.tensors.keys()]).toEqual([...tensors.keys()]);
  for (const [name, { shape, values }] of tensors) {
    const back = file.tensors.get(name);
    expect(back?.shape).toEqual(shape);
    expect(back?.dtype).toBe("F32");
    expect(new Uint32Array(back?.values.buffer ?? new ArrayBuffer(0))).toEqual(
      new Uint32Array(Float32Array.from(values).buffer),
    );
  }
  expect(file.metadata).toEqual(
    new Map([
      ["step", "12"],
      ["说明", '引号 " 和 🐈'],
    ]),
  );
});

test("whatever the names' length, the header fills up to a multiple of 8 bytes with spaces", () => {
  for (let length = 1; length <= 16; length++) {
    const name = "n".repeat(length);
    const bytes = writeSafetensors(new Map([[name, { shape: [1], values: Float32Array.of(1) }]]), {});
    const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerBytes % 8).toBe(0);
    expect(bytes.length).toBe(8 + headerBytes + 4);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes))).toMatch(/^\{.*\} {0,7}$/);
  }
});

test("random tensors come back, also where the file is a view of a larger buffer", () => {
  const bytes = noise(1000);
  for (let trial = 0; trial < 50; trial++) {
    const tensors = new Map(
      Array.from({ length: trial % 5 }, (_, k) => {
        const shape = Array.from({ length: k }, (_, axis) => 1 + ((bytes[trial * 11 + k + axis] as number) % 4));
        const size = shape.reduce((product, length) => product * length, 1);
        return [`t${k}`, { shape, values: Float32Array.from(bytes.subarray(trial, trial + size)) }] as const;
      }),
    );
    const written = writeSafetensors(tensors, {});
    const larger = new Uint8Array(written.length + 3);
    larger.set(written, 3);
    const back = readSafetensors({ name: "view", bytes: larger.subarray(3) }).tensors;
    expect([...back]).toEqual([...tensors].map(([name, tensor]) => [name, { dtype: "F32", ...tensor }]));
  }
});

test("a file written elsewhere is read: tensors in any order of the header, I32, F16 and BF16", () => {
  const data = [...new Uint8Array(Int32Array.of(-5, 6).buffer), 0x00, 0x3c, 0x00, 0xc0, 0xc0, 0x3f];
  const { tensors } = read(
    { h: entry(8, 12, [2], "F16"), b: entry(12, 14, [1], "BF16"), i: entry(0, 8, [2], "I32") },
    data,
  );
  expect(tensors.get("i")).toEqual({ dtype: "I32", shape: [2], values: Int32Array.of(-5, 6) });
  expect(tensors.get("h")).toEqual({ dtype: "F16", shape: [2], values: Float32Array.of(1, -2) });
  expect(tensors.get("b")).toEqual({ dtype: "BF16", shape: [1], values: Float32Array.of(1.5) });
});

test("names that objects treat in a special way are names like others", () => {
  const tensors = new Map(
    ["__proto__", "constructor"].map((name) => [name, { shape: [1], values: Float32Array.of(2) }]),
  );
  const bytes = writeSafetensors(tensors, JSON.parse('{"__proto__":"text"}'));
  const back = readSafetensors({ name: "a", bytes });
  expect([...back.tensors.keys()]).toEqual(["__proto__", "constructor"]);
  expect([...back.metadata]).toEqual([["__proto__", "text"]]);
});

test("a tensor that cannot be written is refused by its name", async () => {
  const write = (name: string, shape: number[]) => () =>
    writeSafetensors(new Map([[name, { shape, values: Float32Array.of(1, 2) }]]), {});
  expect(await refusal(write("w", [3]))).toMatch(/^tensor "w": the shape \[3\] has 3 values, 2 are given/);
  expect(await refusal(write("__metadata__", [2]))).toMatch(/keeps for itself/);
});

test("a file shorter than its first field is refused", async () => {
  expect(await refusal(() => readSafetensors(fileOf("short", [1, 0, 0])))).toMatch(/^"short": has 3 bytes/);
});

test("a header longer than the file or than 100 MB is refused before it is read", async () => {
  expect(await refused("{}", [], 3n)).toMatch(/declares a header of 3 bytes, but 2 follow/);
  expect(await refused("{}", [], 100_000_001n)).toMatch(/declares a header of 100,000,001 bytes, at most 100,000,000/);
  expect(await refused("{}", [], 2n ** 64n - 1n)).toMatch(/18,446,744,073,709,551,615 bytes/);
});

test("wherever a file is cut off, it is refused", async () => {
  const whole = bytesOf({ w: entry(0, 8) }, noise(8));
  for (let length = 0; length < whole.length; length++) {
    expect(await refusal(() => readSafetensors(fileOf("cut", whole.slice(0, length))))).toMatch(/^"cut": /);
  }
});

test("a header that is not UTF-8, not JSON or no object is refused", async () => {
  const badUtf8 = [...bytesOf("", [], 2n), 0xff, 0xfe];
  expect(await refusal(() => readSafetensors(fileOf("utf8", badUtf8)))).toMatch(/header is no UTF-8/);
  expect(await refused("{nope")).toMatch(/header is no JSON \(it begins "\{nope"\)/);
  for (const json of ["", '{"w', '{"\\q":1}']) expect(await refused(json)).toMatch(/header is no JSON/);
  for (const json of ["[]", "null", "3"]) expect(await refused(json)).toMatch(/header is no JSON object/);
});

test("a header nested without end is refused", async () => {
  const depth = 200_000;
  expect(await refused(`{"w":${"[".repeat(depth)}${"]".repeat(depth)}}`)).toMatch(/header is nested deeper than 3/);
});

test("a name that stands twice is refused, also where it is spelled otherwise", async () => {
  const one = JSON.stringify(entry(0, 4));
  expect(await refused(`{"w":${one},"w":${one}}`, noise(4))).toMatch(/the key "w" twice/);
  expect(await refused(`{"w":${one},"\\u0077":${one}}`, noise(4))).toMatch(/the key "w" twice/);
  expect(await refused('{"w":{"dtype":"F32","dtype":"I32","shape":[1],"data_offsets":[0,4]}}', noise(4))).toMatch(
    /the key "dtype" twice/,
  );
});

test("tensors that overlap, leave a hole or leave bytes behind are refused by name and byte", async () => {
  expect(await refused({ a: entry(0, 8), b: entry(4, 12) }, noise(12))).toMatch(
    /tensor "b" begins at byte 4, within the one before it, which ends at 8/,
  );
  expect(await refused({ a: entry(0, 4), b: entry(0, 4) }, noise(4))).toMatch(/tensor "b" begins at byte 0, within/);
  expect(await refused({ a: entry(0, 4), b: entry(8, 12) }, noise(12))).toMatch(
    /tensor "b" begins at byte 8, but the one before it ends at 4: a hole/,
  );
  expect(await refused({ a: entry(4, 8) }, noise(8))).toMatch(/tensor "a" begins at byte 4.*a hole/);
  expect(await refused({ a: entry(0, 4) }, noise(6))).toMatch(/take 4 bytes, but 6 follow the header/);
  expect(await refused({ a: entry(0, 8) }, noise(4))).toMatch(/take 8 bytes, but 4 follow the header/);
  expect(await refused({}, noise(1))).toMatch(/take 0 bytes, but 1 follow/);
});

test("a shape that does not fit its bytes is refused with both", async () => {
  expect(await refused({ w: entry(0, 8, [3]) }, noise(8))).toMatch(
    /tensor "w": F32 of shape \[3\] takes 12 bytes, but its data_offsets \[0, 8\] span 8/,
  );
  expect(await refused({ w: entry(0, 8, [2 ** 32, 2 ** 32]) }, noise(8))).toMatch(/F32 of shape .* takes/);
  expect(await refused({ w: entry(8, 0, [2]) }, noise(8))).toMatch(/span -8/);
});

test("an unknown dtype is refused with those that are read", async () => {
  for (const dtype of ["I64", "F8_E4M3", "toString", 4]) {
    const message = await refused({ w: { ...entry(0, 8), dtype } }, noise(8));
    expect(message).toContain(`the dtype ${JSON.stringify(JSON.stringify(dtype))}`);
    expect(message).toMatch(/convert it to one of F32, F16, BF16, I32$/);
  }
});

test.each([
  ["a text for a tensor", "text", /tensor "w" is .*must have dtype, shape, data_offsets/],
  ["no dtype", { shape: [1], data_offsets: [0, 4] }, /dtype missing/],
  ["no shape", { dtype: "F32", data_offsets: [0, 4] }, /shape missing/],
  ["a negative size", entry(0, 4, [-1]), /shape "\[-1\]"; whole numbers from 0/],
  ["half a size", entry(0, 4, [1.5]), /shape "\[1\.5\]"/],
  ["a size past 2^53", entry(0, 4, [2 ** 53]), /shape "\[9007199254740992\]"/],
  ["three offsets", { dtype: "F32", shape: [1], data_offsets: [0, 4, 8] }, /data_offsets "\[0,4,8\]"/],
  ["a negative offset", { dtype: "F32", shape: [1], data_offsets: [-4, 0] }, /data_offsets "\[-4,0\]"/],
  ["an unknown key", { ...entry(0, 4), note: "x" }, /unknown key "note"/],
])("%s is refused", async (_, value, message) => {
  expect(await refused({ w: value }, noise(4))).toMatch(message);
});

test("metadata that are no map of texts are refused", async () => {
  expect(await refused({ __metadata__: ["x"] })).toMatch(/"__metadata__" is .*map from texts to texts/);
  expect(await refused({ __metadata__: { step: 3 } })).toMatch(/"__metadata__" has "3" at "step"/);
});
