import { describe, expect, it } from "vitest";
import { HARDWARE, SOFTWARE } from "../../../test/ops/profiles.ts";
import { createRandom } from "../../../test/ops/random.ts";
import type { AdapterProfile } from "../../gpu/device.ts";
import { gradient } from "../gradient.ts";
import { interpret } from "../interpreter.ts";
import type { ShaderKernel } from "../op.ts";
import { formatShape, type Shape, type Tensor } from "../tensor.ts";
import { callsOf } from "../traverse.ts";
import { matmul, matmulOp } from "./matmul.ts";
import { matmulCandidates } from "./matmul-choice.ts";
import { type MatmulAttrs, matmulProblem } from "./matmul-problem.ts";
import { sum } from "./sum.ts";
import { variable } from "./variable.ts";

const NN = { transposeA: false, transposeB: false };
const TN = { transposeA: true, transposeB: false };
const NVIDIA: AdapterProfile = { ...HARDWARE, vendor: "nvidia" };
const APPLE: AdapterProfile = { ...HARDWARE, vendor: "apple" };

function choice(a: Shape, b: Shape, attrs: MatmulAttrs, adapter: AdapterProfile) {
  return matmulCandidates(matmulProblem(a, b, attrs), adapter)[0];
}

function matmulsOf(tensors: readonly Tensor[]): string[] {
  return callsOf(tensors)
    .filter(({ op }) => op.name === "matmul")
    .map(({ inputs }) => inputs.map(({ shape }) => formatShape(shape)).join(" · "));
}

describe("the shape rule of matmul", () => {
  it("names the cure for operands that do not fit", () => {
    const x = variable("x", [4, 3]);
    expect(() => matmul(x, variable("w", [4, 5]))).toThrow("4×3 times 4×5: the inner sizes 3 and 4 differ");
    expect(() => matmul(x, variable("w", [3]))).toThrow("b is 3, not a matrix; reshape it to one column, K×1");
    expect(() => matmul(variable("x", [3]), x)).toThrow("a is 3, not a matrix; reshape it to one row, 1×K");
    expect(() => matmul(variable("x", [2, 2], "i32"), x)).toThrow("a is i32; matmul multiplies f32, cast it");
    expect(() => matmul(variable("x", [2, 5, 4]), variable("w", [3, 4, 5]))).toThrow("do not broadcast");
  });

  it("broadcasts the batch and reads transposed operands", () => {
    const a = variable("a", [2, 1, 5, 4]);
    expect(matmul(a, variable("b", [3, 6, 5]), { transposeA: true, transposeB: true }).shape).toEqual([2, 3, 4, 6]);
  });
});

describe("the gradient of matmul", () => {
  it("makes one product of the weight gradient of a dense layer over (B, T, C)", () => {
    const x = variable("x", [8, 32, 16]);
    const w = variable("w", [16, 24]);
    const [dx, dw] = gradient(sum(matmul(x, w)), [x, w]) as [Tensor, Tensor];
    expect(matmulsOf([dw])).toEqual(["256×16 · 256×24"]);
    expect(matmulsOf([dx])).toEqual(["8×32×24 · 16×24"]);
    expect(dw.shape).toEqual([16, 24]);
  });

  it("folds only the innermost dimensions that b is broadcast over", () => {
    const x = variable("x", [2, 3, 4, 5, 6]);
    const w = variable("w", [3, 1, 6, 7]);
    const [dw] = gradient(sum(matmul(x, w)), [w]) as [Tensor];
    expect(matmulsOf([dw])).toEqual(["2×3×20×6 · 2×3×20×7"]);
    expect(dw.shape).toEqual(w.shape);
  });
});

describe("the problem that kernels see", () => {
  it("has the batch as rows where b has none", () => {
    expect(matmulProblem([8, 32, 16], [16, 24], NN)).toMatchObject({ m: 256, n: 24, k: 16, batch: [1, 1, 1] });
  });

  it("has grouped heads as rows of their group", () => {
    const problem = matmulProblem([2, 3, 4, 5, 6], [2, 3, 1, 6, 7], NN);
    expect(problem).toMatchObject({ m: 20, batch: [1, 1, 6], aBatchStrides: [0, 0, 120], bBatchStrides: [0, 0, 42] });
  });

  it("has stride 0 where an operand is broadcast", () => {
    const problem = matmulProblem([2, 1, 5, 6], [1, 4, 6, 7], NN);
    expect(problem).toMatchObject({ batch: [1, 2, 4], aBatchStrides: [0, 30, 0], bBatchStrides: [0, 0, 42] });
  });
});

describe("the choice of a kernel", () => {
  it("takes register tiles on a software adapter, four numbers a load where the sizes allow", () => {
    expect(choice([64, 784], [784, 128], NN, SOFTWARE)).toEqual({ variant: "register-wide" });
    expect(choice([32, 64], [64, 32], NN, SOFTWARE)).toEqual({ variant: "register-vec4" });
    expect(choice([64, 783], [783, 128], NN, SOFTWARE)).toEqual({ variant: "register" });
  });

  it("takes the largest tile that fills a GPU and that it has the registers for", () => {
    expect(choice([4096, 1024], [1024, 4096], NN, NVIDIA)).toEqual({ variant: "tile-128" });
    expect(choice([4096, 1024], [1024, 4096], NN, HARDWARE)).toEqual({ variant: "tile-64" });
    expect(choice([4096, 1024], [1024, 4096], NN, APPLE)).toEqual({ variant: "register-vec4" });
    expect(choice([512, 512], [512, 512], NN, NVIDIA)).toEqual({ variant: "tile-32" });
    expect(choice([256, 64, 64], [256, 64, 64], NN, NVIDIA)).toEqual({ variant: "tile-64" });
  });

  it("shares the sum over K where y is small or skinny", () => {
    expect(choice([64, 128], [128, 10], NN, NVIDIA)).toEqual({ variant: "dot" });
    expect(choice([1, 4096], [4096, 4096], NN, NVIDIA)).toEqual({ variant: "dot" });
  });

  it("splits K where no tile fills the device", () => {
    expect(choice([36864, 288], [36864, 64], TN, NVIDIA)?.kPerSplit).toBeGreaterThanOrEqual(128);
    expect(choice([50176, 9], [50176, 32], TN, SOFTWARE)?.kPerSplit).toBeGreaterThanOrEqual(512);
  });

  it("lists each kernel that computes the problem once, for a tuner", () => {
    const whole = matmulCandidates(matmulProblem([64, 64], [64, 64], NN), NVIDIA);
    expect(new Set(whole.map(({ variant }) => variant)).size).toBe(7);
    const ragged = matmulCandidates(matmulProblem([63, 63], [63, 63], NN), { ...NVIDIA, maxInvocations: 128 });
    expect(ragged.map(({ variant }) => variant).sort()).toEqual(["register", "tile-32"]);
  });
});

describe("a matmul that is lowered", () => {
  const cases: readonly (readonly [string, Shape, Shape, MatmulAttrs])[] = [
    ["split over K", [1040, 9], [1040, 5], TN],
    ["broadcast over many runs of batch dimensions", [2, 1, 3, 1, 2, 3], [1, 2, 1, 2, 3, 4], NN],
  ];
  it.each(cases)("gives the same when %s", (_, shapeA, shapeB, attrs) => {
    const random = createRandom("lowered");
    const [a, b] = [variable("a", shapeA), variable("b", shapeB)];
    const y = matmul(a, b, attrs);
    const lowered = (matmulOp.kernel as ShaderKernel<MatmulAttrs>).lower?.(y.call as never, SOFTWARE);
    const feed = new Map([a, b].map((x) => [x, random.uniform(x.shape)]));
    const [expected, actual] = interpret([y, ...(lowered ?? [])], feed);
    expect(actual?.shape).toEqual(y.shape);
    for (const [k, value] of expected?.data.entries() ?? []) expect(actual?.at(k)).toBeCloseTo(value, 9);
  });
});
