import dot from "../../../shaders/matmul-dot.wgsl?raw";
import register from "../../../shaders/matmul-register.wgsl?raw";
import registerVec4 from "../../../shaders/matmul-register-vec4.wgsl?raw";
import registerWide from "../../../shaders/matmul-register-wide.wgsl?raw";
import tile4x4 from "../../../shaders/matmul-tile-4x4.wgsl?raw";
import tile8x8 from "../../../shaders/matmul-tile-8x8.wgsl?raw";
import type { AdapterProfile } from "../../gpu/device.ts";
import { linearGrid } from "../codegen/grid.ts";
import type { ShaderVariant } from "../op.ts";
import { type MatmulProblem, matricesOf } from "./matmul-problem.ts";

/**
 * The kernels a matmul can run on. Each stores through `store_y`, so that consumers fuse; none loads through a hook:
 * a tile reads each element of an operand again for every tile of the other's, and so would compute its producer again.
 */
export type MatmulVariantName =
  | "register"
  | "register-vec4"
  | "register-wide"
  | "tile-32"
  | "tile-64"
  | "tile-128"
  | "dot";

/** Builds the launch of one variant for a problem that it fits (`fitsVariant`). */
export function matmulVariant(name: MatmulVariantName, problem: MatmulProblem, adapter: AdapterProfile): ShaderVariant {
  const { workgroups, ...launch } = launchOf(name, problem);
  return { ...launch, workgroups: linearGrid(workgroups, adapter) };
}

/** A variant whose workgroups are only counted. */
interface Launch extends Omit<ShaderVariant, "workgroups"> {
  readonly workgroups: number;
}

function launchOf(name: MatmulVariantName, problem: MatmulProblem): Launch {
  switch (name) {
    case "register":
      return registerVariant(problem);
    case "register-vec4":
      return alignedVariant(name, problem, { source: registerVec4, rows: 8, columns: 4 });
    case "register-wide":
      return alignedVariant(name, problem, { source: registerWide, rows: 16, columns: 16 });
    case "tile-32":
      return tileVariant(name, problem, { source: tile4x4, perThread: 4, threads: 8, tileK: 16 });
    case "tile-64":
      return tileVariant(name, problem, { source: tile4x4, perThread: 4, threads: 16, tileK: 16 });
    case "tile-128":
      return tileVariant(name, problem, { source: tile8x8, perThread: 8, threads: 16, tileK: 8 });
    case "dot":
      return dotVariant(problem);
  }
}

/** Whether a variant computes this problem at all; only those that load four numbers at once ask for sizes. */
export function fitsVariant(name: MatmulVariantName, problem: MatmulProblem): boolean {
  const { m, n, k, kPerSplit, splits, transposeA, transposeB } = problem;
  if (name !== "register-vec4" && name !== "register-wide") return true;
  const sizes = [k, transposeA ? m : k, transposeB ? k : n, splits > 1 ? kPerSplit : k];
  return k > 0 && sizes.every((size) => size % 4 === 0);
}

/** Invocations of a workgroup of the variant, at most. */
export function variantWorkgroup(name: MatmulVariantName): number {
  return name.startsWith("register") || name === "tile-32" ? 64 : 256;
}

/** Tiles of a matrix times matrices. */
export function tileCount(problem: MatmulProblem, rows: number, columns: number): number {
  return Math.ceil(problem.m / rows) * Math.ceil(problem.n / columns) * matricesOf(problem);
}

function registerVariant(problem: MatmulProblem): Launch {
  const invocations = tileCount(problem, 8, 4);
  const workgroup = registerWorkgroup(invocations);
  return {
    variant: "register",
    source: register,
    constants: { ...batchConstants(problem), ...strideConstants(problem), WORKGROUP: workgroup },
    tensors: ["a", "b", "y"],
    workgroups: Math.ceil(invocations / workgroup),
  };
}

/** A register kernel that loads four numbers at once. */
interface AlignedShape {
  readonly source: string;
  /** Rows and columns of y an invocation computes. */
  readonly rows: number;
  readonly columns: number;
}

function alignedVariant(variant: string, problem: MatmulProblem, { source, rows, columns }: AlignedShape): Launch {
  const invocations = tileCount(problem, rows, columns);
  const workgroup = registerWorkgroup(invocations);
  const { transposeA, transposeB } = problem;
  return {
    variant,
    source,
    constants: {
      ...batchConstants(problem),
      A_TRANSPOSED: Number(transposeA),
      B_TRANSPOSED: Number(transposeB),
      WORKGROUP: workgroup,
    },
    tensors: ["a", "b", "y"],
    workgroups: Math.ceil(invocations / workgroup),
  };
}

/** Small workgroups as long as there are few: a software adapter runs one workgroup a core. */
function registerWorkgroup(invocations: number): number {
  return Math.min(64, Math.max(4, powerOfTwo(invocations / 16)));
}

interface TileShape {
  readonly source: string;
  /** Rows and columns of y an invocation computes. */
  readonly perThread: number;
  /** Invocations along the rows, and along the columns, of a tile. */
  readonly threads: number;
  readonly tileK: number;
}

function tileVariant(variant: string, problem: MatmulProblem, shape: TileShape): Launch {
  const size = shape.perThread * shape.threads;
  return {
    variant,
    source: shape.source,
    constants: {
      ...batchConstants(problem),
      ...strideConstants(problem),
      THREADS_M: shape.threads,
      THREADS_N: shape.threads,
      TILE_K: shape.tileK,
    },
    tensors: ["a", "b", "y"],
    workgroups: tileCount(problem, size, size),
  };
}

/** Enough lanes along k to have about this many invocations at work. */
const DOT_INVOCATIONS = 65536;

function dotVariant(problem: MatmulProblem): Launch {
  const transposed = problem.n < 4 && problem.n < problem.m;
  const { m, n } = transposed ? { m: problem.n, n: problem.m } : problem;
  const columns = Math.ceil(m / 4) * n * matricesOf(problem);
  const lanesK = Math.min(64, Math.max(4, powerOfTwo(Math.min(DOT_INVOCATIONS / columns, problem.kPerSplit / 2))));
  const lanesN = Math.min(256 / lanesK, Math.max(4, powerOfTwo(n)));
  const strides = strideConstants(problem);
  const batch = batchConstants(problem);
  const constants = transposed ? { ...batch, ...swapped(batch), ...swapped(strides) } : { ...batch, ...strides };
  return {
    variant: "dot",
    source: dot,
    constants: {
      ...constants,
      M: m,
      N: n,
      Y_M_STRIDE: transposed ? 1 : n,
      Y_N_STRIDE: transposed ? m : 1,
      LANES_N: lanesN,
      LANES_K: lanesK,
    },
    // yᵀ = op(b)ᵀ · op(a)ᵀ: the operands change places.
    tensors: transposed ? ["b", "a", "y"] : ["a", "b", "y"],
    workgroups: Math.ceil(m / 4) * Math.ceil(n / lanesN) * matricesOf(problem),
  };
}

/** The strides of each operand under the other's names. */
function swapped(constants: Readonly<Record<string, number>>): Record<string, number> {
  const other: Readonly<Record<string, string>> = {
    A_OUTER_STRIDE: "B_OUTER_STRIDE",
    A_MIDDLE_STRIDE: "B_MIDDLE_STRIDE",
    A_INNER_STRIDE: "B_INNER_STRIDE",
    B_OUTER_STRIDE: "A_OUTER_STRIDE",
    B_MIDDLE_STRIDE: "A_MIDDLE_STRIDE",
    B_INNER_STRIDE: "A_INNER_STRIDE",
    A_M_STRIDE: "B_N_STRIDE",
    A_K_STRIDE: "B_K_STRIDE",
    B_N_STRIDE: "A_M_STRIDE",
    B_K_STRIDE: "A_K_STRIDE",
  };
  const entries = Object.entries(constants).filter(([name]) => name in other);
  return Object.fromEntries(entries.map(([name, value]) => [other[name] as string, value]));
}

function batchConstants(problem: MatmulProblem): Record<string, number> {
  const { m, n, k, kPerSplit, splits, batch, aBatchStrides, bBatchStrides } = problem;
  return {
    M: m,
    N: n,
    K: k,
    K_PER_SPLIT: kPerSplit,
    BATCHES: batch[0] * batch[1] * batch[2],
    SPLITS: splits,
    MIDDLE: batch[1],
    INNER: batch[2],
    A_OUTER_STRIDE: aBatchStrides[0],
    A_MIDDLE_STRIDE: aBatchStrides[1],
    A_INNER_STRIDE: aBatchStrides[2],
    B_OUTER_STRIDE: bBatchStrides[0],
    B_MIDDLE_STRIDE: bBatchStrides[1],
    B_INNER_STRIDE: bBatchStrides[2],
  };
}

function strideConstants({ m, n, k, transposeA, transposeB }: MatmulProblem): Record<string, number> {
  return {
    A_M_STRIDE: transposeA ? 1 : k,
    A_K_STRIDE: transposeA ? m : 1,
    B_K_STRIDE: transposeB ? 1 : n,
    B_N_STRIDE: transposeB ? k : 1,
  };
}

/** The largest power of two up to the value, at least 1. */
function powerOfTwo(value: number): number {
  return 2 ** Math.floor(Math.log2(Math.max(1, value)));
}
