import type { NdArray } from "../../src/graph/nd-array.ts";
import type { Tensor } from "../../src/graph/tensor.ts";

/** Seeded draws for the cases of a row. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number in [from, to]. */
  integer(from: number, to: number): number;
  pick<T>(choices: readonly T[]): T;
  /** A size for one dimension: 0, 1, odd, and round 64 and 256, at most `limit`; 0 only where `zero` is true. */
  size(limit?: number, zero?: boolean): number;
  /** A shape of the given rank of at most about `elements` elements, drawn by `size`. */
  shape(rank: number, elements?: number, zero?: boolean): number[];
  /** f32 values (already rounded to float32), uniform in [from, to). */
  uniform(shape: readonly number[], from?: number, to?: number): NdArray;
  /** Whole numbers in [from, to]. */
  integers(shape: readonly number[], from: number, to: number, dtype?: "i32" | "u32"): NdArray;
  /** Distinct f32 values in shuffled order, `gap` apart: no ties, for max, min, sorting and pooling. */
  distinct(shape: readonly number[], gap?: number): NdArray;
}

/** One concrete use of an op: its input values, and the graph it makes of them. */
export interface Case {
  /** Says in a failure what was tried: `4×5 axis 1`. */
  readonly label: string;
  readonly inputs: readonly NdArray[];
  readonly build: (inputs: readonly Tensor[]) => Tensor | readonly Tensor[];
}

/** How far a GPU value may be from the float64 reference: within the ULPs of float32 **or** the absolute distance. */
export interface Tolerance {
  readonly ulp: number;
  readonly absolute?: number;
}

/** An op's row in the test table. One row checks forward and gradient. */
export interface OpRow {
  /** The op's name, and what sets this row apart where an op has several: `conv2d strided`. */
  readonly name: string;
  /** Names of the ops (`Op.name`) this row stands for. */
  readonly ops: readonly string[];
  /** A random case; drawn `cases` times from one seed. */
  readonly draw: (random: Random) => Case;
  /** How many random cases; default 50. A row that picks among n ops draws n times as many: every op needs 50. */
  readonly cases?: number;
  /** Cases that must always be there: kinks, ties, sizes 0 and 1. */
  readonly always?: (random: Random) => readonly Case[];
  readonly tolerance: Tolerance | ((drawn: Case) => Tolerance);
  /**
   * Which inputs the gradient is checked for (finite differences of the reference in float64, and GPU against
   * reference), or the reason why there is none. `draw` keeps clear of kinks, or `kink` says how near is too near.
   */
  readonly gradient: readonly number[] | { readonly none: string };
  /**
   * True for elementwise ops: the adversarial values ±0, ±44, ±100, ±1e38, subnormals, ±Inf, NaN are tried too, in every
   * combination of the f32 inputs (u32 and i32 inputs get 0 and 1). They go through the `build` of drawn cases with
   * one-dimensional inputs of equal size, so `build` must not depend on the drawn shapes. "class": only NaN, +Inf, -Inf
   * and finite are told apart, where WGSL promises no accuracy for large arguments (sin 1e38).
   */
  readonly adversarial?: boolean | "class";
}
