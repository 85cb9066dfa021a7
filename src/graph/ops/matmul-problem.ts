import type { Shape } from "../tensor.ts";

/** Which operands are stored transposed: a as (…, K, M), b as (…, N, K). */
export interface MatmulAttrs {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** A run of batch dimensions over which the same operands vary; the others are broadcast. */
export interface BatchGroup {
  readonly size: number;
  readonly a: boolean;
  readonly b: boolean;
}

/** A matmul as the kernels see it: sizes and strides in elements. */
export interface MatmulProblem extends MatmulAttrs {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Outer, middle, inner; together the number of matrices of one split. */
  readonly batch: readonly [number, number, number];
  readonly aBatchStrides: readonly [number, number, number];
  readonly bBatchStrides: readonly [number, number, number];
  /** Split s sums over k in [s · kPerSplit, (s + 1) · kPerSplit). */
  readonly kPerSplit: number;
  readonly splits: number;
}

/** M, N and K as the shapes say; the inner size of b is `kOfB`, which the shape rule compares with `k`. */
export function matrixSizes(a: Shape, b: Shape, { transposeA, transposeB }: MatmulAttrs) {
  const m = a.at(transposeA ? -1 : -2) as number;
  const k = a.at(transposeA ? -2 : -1) as number;
  const kOfB = b.at(transposeB ? -1 : -2) as number;
  const n = b.at(transposeB ? -2 : -1) as number;
  return { m, n, k, kOfB };
}

/** The batch dimensions, outermost first: sizes of 1 dropped, neighbours merged where the same operands vary. */
export function batchGroups(a: Shape, b: Shape): BatchGroup[] {
  const rank = Math.max(a.length, b.length);
  const groups: BatchGroup[] = [];
  for (let axis = 0; axis < rank - 2; axis++) {
    const sizeA = a[axis - (rank - a.length)] ?? 1;
    const sizeB = b[axis - (rank - b.length)] ?? 1;
    const size = sizeA === 1 ? sizeB : sizeA;
    if (size === 1) continue;
    const group = { size, a: sizeA !== 1, b: sizeB !== 1 };
    const last = groups.at(-1);
    if (last !== undefined && last.a === group.a && last.b === group.b) {
      groups[groups.length - 1] = { ...group, size: last.size * size };
    } else {
      groups.push(group);
    }
  }
  return groups;
}

/** More runs of batch dimensions than the kernels have strides for; the caller broadcasts the operands first. */
export function hasTooManyGroups(a: Shape, b: Shape, attrs: MatmulAttrs): boolean {
  return foldedGroups(a, b, attrs).groups.length > 3;
}

/**
 * Sizes and strides of a matmul. Where b is broadcast over the innermost batch dimensions and a is not transposed,
 * they are more rows of the same product: a dense layer over (B, T, C) is one matmul of B·T rows.
 */
export function matmulProblem(a: Shape, b: Shape, attrs: MatmulAttrs, kPerSplit?: number): MatmulProblem {
  const { n, k } = matrixSizes(a, b, attrs);
  const { groups, m } = foldedGroups(a, b, attrs);
  if (groups.length > 3) throw new RangeError(`${groups.length} runs of batch dimensions; the kernels address 3`);
  const perSplit = kPerSplit ?? Math.max(k, 1);
  const sizes: [number, number, number] = [1, 1, 1];
  const aStrides: [number, number, number] = [0, 0, 0];
  const bStrides: [number, number, number] = [0, 0, 0];
  let aStride = m * k;
  let bStride = n * k;
  for (const [i, group] of groups.reverse().entries()) {
    const place = (2 - i) as 0 | 1 | 2;
    sizes[place] = group.size;
    if (group.a) aStrides[place] = aStride;
    if (group.b) bStrides[place] = bStride;
    aStride *= group.a ? group.size : 1;
    bStride *= group.b ? group.size : 1;
  }
  return {
    ...attrs,
    m,
    n,
    k,
    batch: sizes,
    aBatchStrides: aStrides,
    bBatchStrides: bStrides,
    kPerSplit: perSplit,
    splits: Math.max(1, Math.ceil(k / perSplit)),
  };
}

/** Number of matrices a launch computes. */
export function matricesOf({ batch: [outer, middle, inner], splits }: MatmulProblem): number {
  return outer * middle * inner * splits;
}

function foldedGroups(a: Shape, b: Shape, attrs: MatmulAttrs): { groups: BatchGroup[]; m: number } {
  const groups = batchGroups(a, b);
  let { m } = matrixSizes(a, b, attrs);
  const last = groups.at(-1);
  if (last !== undefined && !last.b && !attrs.transposeA) {
    m *= last.size;
    groups.pop();
  }
  return { groups, m };
}
