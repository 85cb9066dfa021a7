import type { AdapterProfile } from "../../gpu/device.ts";
import { fitsVariant, type MatmulVariantName, tileCount, variantWorkgroup } from "./matmul-kernels.ts";
import type { MatmulProblem } from "./matmul-problem.ts";

/** One way to compute a matmul: a kernel, and how much of K each launch of it sums; all of it where undefined. */
export interface MatmulCandidate {
  readonly variant: MatmulVariantName;
  readonly kPerSplit?: number;
}

/** So many workgroups keep the whole of a large GPU busy (an H200 has 132 processors, an M4 Max 40 cores). */
const FULL_DEVICE = 128;
/** So many invocations keep a software adapter busy: a workgroup of 4 lanes for each of 16 cores. */
const FULL_PROCESSOR = 64;
/** With less of K a split costs more in its second pass than its parallelism gains. */
const LEAST_K = { tile: 128, dot: 1024, software: 512 };
/** Partial products are kept within so many elements (64 MB). */
const MOST_PARTIAL_ELEMENTS = 2 ** 24;

/**
 * The rule. First what is thought best, then whatever else computes the problem, for a tuner to time.
 *
 * On a software adapter (a core runs one workgroup; workgroup memory and barriers are emulated):
 * register tiles, with four numbers a load where the sizes allow it: of 16×16 where y has enough of them, 8×4 else, and
 * then split over K where y alone gives less than FULL_PROCESSOR invocations. A load costs as much as 15 products there,
 * so that the wide tile is twice as fast (64 × 784 × 128 on the same machine when quiet: 6.1 against 2.5). Measured on SwiftShader, GFLOP/s of 2 cores, from the processor time spent on a busy
 * machine: one run, the NT rows the median of three, which differ by up to 1.9 times. "dot" came to 0.7 at most, and
 * shaders with barriers take several times as long to compile:
 *
 * | M × K × N               | register | register-vec4 | tile-64 |
 * |-------------------------|----------|---------------|---------|
 * | 512 × 512 × 512 NN      | 2.2      | 2.5           | 0.8     |
 * | the same NT             | 1.9      | 1.9           | 0.8     |
 * | the same TN             | 1.6      | 3.3           | 0.5     |
 * | 64 × 784 × 128          | 1.2      | 2.2           | 0.9     |
 * | 784 × 64 × 128 TN (dW)  | 1.1      | 2.1           | 0.3     |
 * | 64 × 128 × 784 NT (dX)  | 1.8      | 2.0           | 0.4     |
 * | 64 × 128 × 10           | 0.3      | -             | 0.06    |
 * | 36864 × 288 × 64        | 2.3      | 2.5           | 0.7     |
 * | 288 × 36864 × 64 TN     | 2.0      | 2.9           | 1.2     |
 * | 50176 × 9 × 32          | 1.2      | -             | 0.03    |
 * | 9 × 50176 × 32 TN       | 0.9      | -             | 0.07    |
 * | 1 × 1024 × 1024         | 0.2      | 0.35          | 0.01    |
 *
 * On a GPU, by reasoning until a tuner has measured:
 * - min(M, N) ≤ 4: every element of the large operand is used at most four times, so that reading it is the cost:
 *   "dot", whose lanes read along memory and share the sum over K; split where even so few lanes are at work.
 * - y of at most 4096 elements and K ≤ 2048: a tile would leave the device empty and walk K alone; "dot" again.
 * - Otherwise the largest tile that gives FULL_DEVICE workgroups and adds little at the edges. 128 reads half as much
 *   workgroup memory a product as 64 and 32, but holds 64 sums an invocation, which Intel and mobile GPUs spill: only
 *   for NVIDIA and AMD. Apple's registers and caches do without workgroup memory: "register-vec4" comes first there.
 * - No tile fills the device: split over K until one does, at least LEAST_K a split; weight gradients are this case.
 */
export function matmulCandidates(problem: MatmulProblem, adapter: AdapterProfile): MatmulCandidate[] {
  const best = adapter.software ? bestOnSoftware(problem) : bestOnGpu(problem, adapter);
  const unsplit = [best.variant, ...ALL_VARIANTS.filter((variant) => variant !== best.variant)]
    .filter((variant) => fitsVariant(variant, problem) && variantWorkgroup(variant) <= adapter.maxInvocations)
    .map((variant) => ({ variant }));
  return best.kPerSplit === undefined ? unsplit : [best, ...unsplit];
}

const ALL_VARIANTS: readonly MatmulVariantName[] = [
  "tile-64",
  "tile-32",
  "tile-128",
  "register-vec4",
  "register-wide",
  "register",
  "dot",
];

function bestOnSoftware(problem: MatmulProblem): MatmulCandidate {
  if (!fitsVariant("register-vec4", problem)) return splitOnSoftware(problem, "register");
  const isLarge = Math.min(problem.m, problem.n) >= 16 && tileCount(problem, 16, 16) >= FULL_PROCESSOR / 2;
  return isLarge ? { variant: "register-wide" } : splitOnSoftware(problem, "register-vec4");
}

function splitOnSoftware(problem: MatmulProblem, variant: MatmulVariantName): MatmulCandidate {
  const splits = Math.floor((2 * FULL_PROCESSOR) / tileCount(problem, 8, 4));
  return withSplit(problem, variant, splits, LEAST_K.software);
}

function bestOnGpu(problem: MatmulProblem, { vendor, maxInvocations }: AdapterProfile): MatmulCandidate {
  const { m, n, k, kPerSplit } = problem;
  const outputs = tileCount(problem, 1, 1);
  // A device in compatibility mode may have workgroups of 128 invocations at most.
  if (maxInvocations < variantWorkgroup("tile-64")) return { variant: "tile-32" };
  if (Math.min(m, n) <= 4) return withSplit(problem, "dot", Math.floor(1024 / outputs), LEAST_K.dot);
  if (outputs <= 4096 && Math.min(k, kPerSplit) <= 2048) return { variant: "dot" };
  const isApple = vendor === "apple" && tileCount(problem, 8, 4) >= 64 * FULL_DEVICE;
  if (isApple && fitsVariant("register-vec4", problem)) return { variant: "register-vec4" };
  const has128 = vendor === "nvidia" || vendor === "amd";
  const tile = (has128 ? ([128, 64, 32] as const) : ([64, 32] as const)).find((size) => fills(problem, size));
  if (tile !== undefined) return { variant: `tile-${tile}` };
  const size = isWasteful(problem, 64) || k < 2048 ? 32 : 64;
  const splits = Math.floor((2 * FULL_DEVICE) / tileCount(problem, size, size));
  return withSplit(problem, `tile-${size}`, splits, LEAST_K.tile);
}

function fills(problem: MatmulProblem, size: number): boolean {
  return tileCount(problem, size, size) >= FULL_DEVICE && !isWasteful(problem, size);
}

/** Whether tiles of this size compute much more past the edges of y than tiles of 32 do. */
function isWasteful(problem: MatmulProblem, size: number): boolean {
  return tileCount(problem, size, size) * size ** 2 > 1.25 * tileCount(problem, 32, 32) * 32 ** 2;
}

/** At most so many splits, each of a multiple of 16 of K, or none where too little of K is left for two. */
function withSplit(
  problem: MatmulProblem,
  variant: MatmulVariantName,
  wanted: number,
  leastK: number,
): MatmulCandidate {
  const most = Math.floor(MOST_PARTIAL_ELEMENTS / Math.max(1, tileCount(problem, 1, 1)));
  const splits = Math.min(wanted, Math.floor(problem.k / leastK), most);
  // What is a split already is not split again.
  if (splits < 2 || problem.splits > 1) return { variant };
  return { variant, kPerSplit: Math.ceil(problem.k / splits / 16) * 16 };
}
