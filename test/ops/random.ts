import { NdArray } from "../../src/graph/nd-array.ts";
import { sizeOf } from "../../src/graph/tensor.ts";
import type { Random } from "./row.ts";

/** Sizes that find mistakes: round the vector width, and one below, at and above 64 and 256 (tiles, workgroups). */
const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 31, 33, 63, 64, 65, 67, 127, 129, 255, 256, 257];
/** How often a size is 0 or 1: often enough that every row meets both in fifty cases. */
const ZERO_SHARE = 0.06;
const ONE_SHARE = 0.12;

/** Draws that depend on the seed alone: a failing case is the same in every run and on every machine. */
export function createRandom(seed: string | number): Random {
  let state = typeof seed === "number" ? seed >>> 0 : hash(seed);

  /** SplitMix32: a Weyl sequence through MurmurHash3's 32-bit finalizer. */
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    return finalize(state) / 2 ** 32;
  };
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(choices: readonly T[]): T => {
    if (choices.length === 0) throw new RangeError("nothing to pick from");
    return choices[integer(0, choices.length - 1)] as T;
  };
  const size = (limit = 257, zero = false) => {
    const share = next();
    if (zero && share < ZERO_SHARE) return 0;
    if (limit <= 1 || share < ZERO_SHARE + ONE_SHARE) return 1;
    return pick(SIZES.filter((candidate) => candidate <= limit));
  };
  const shape = (rank: number, elements = 4096, zero = false) => {
    const dimensions = new Array<number>(rank).fill(1);
    let left = elements;
    // The axes in random order, so that the large dimension is not always the outermost.
    for (const axis of shuffled(rank)) {
      const drawn = size(Math.max(1, Math.floor(left)), zero);
      dimensions[axis] = drawn;
      left /= Math.max(1, drawn);
    }
    return dimensions;
  };
  const shuffled = (count: number) => {
    const order = Array.from({ length: count }, (_, k) => k);
    for (let last = count - 1; last > 0; last--) {
      const other = integer(0, last);
      [order[last], order[other]] = [order[other] as number, order[last] as number];
    }
    return order;
  };
  const uniform = (shape: readonly number[], from = -2, to = 2) =>
    NdArray.zeros(shape).map(() => {
      const value = Math.fround(from + next() * (to - from));
      return value < to ? value : Math.fround(from); // rounding to float32 may reach `to`
    });
  const integers = (shape: readonly number[], from: number, to: number, dtype: "i32" | "u32" = "i32") =>
    NdArray.zeros(shape, dtype).map(() => integer(from, to));
  const distinct = (shape: readonly number[], gap = 0.125) => {
    const count = sizeOf(shape);
    const values = shuffled(count).map((rank) => Math.fround((rank - Math.floor(count / 2)) * gap));
    return new NdArray(shape, values);
  };
  return { next, integer, pick, size, shape, uniform, integers, distinct };
}

function finalize(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function hash(text: string): number {
  let state = 0;
  for (const character of text) state = finalize((state * 31 + (character.codePointAt(0) as number)) >>> 0);
  return state;
}
