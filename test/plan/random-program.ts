import { add } from "../../src/graph/ops/add.ts";
import { concat } from "../../src/graph/ops/concat.ts";
import { flip } from "../../src/graph/ops/flip.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { max } from "../../src/graph/ops/max.ts";
import { mean } from "../../src/graph/ops/mean.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { relu } from "../../src/graph/ops/relu.ts";
import { reshape } from "../../src/graph/ops/reshape.ts";
import { sliceAxis } from "../../src/graph/ops/slice.ts";
import { softmax } from "../../src/graph/ops/softmax.ts";
import { sub } from "../../src/graph/ops/sub.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { tanh } from "../../src/graph/ops/tanh.ts";
import { transpose } from "../../src/graph/ops/transpose.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Program } from "../../src/graph/program.ts";
import { type Shape, sameShape, sizeOf, type Tensor } from "../../src/graph/tensor.ts";
import { callsOf } from "../../src/graph/traverse.ts";
import { createRandom } from "../ops/random.ts";

export interface RandomProgram {
  readonly program: Program;
  readonly initial: readonly (readonly [Tensor, ArrayLike<number>])[];
}

const CALLS = 16;

/**
 * A program that nobody would write: chains, branches, reductions, products and views of a few variables, some of
 * which it updates. Every result is near 1 in size, so that float32 stays near float64.
 */
export function randomProgram(seed: number): RandomProgram {
  const random = createRandom(`program ${seed}`);
  const rows = random.pick([2, 3, 5, 8]);
  const columns = random.pick([4, 7, 8, 33]);
  const shapes: Shape[] = [[rows, columns], [rows, columns], [columns, rows], [columns], [rows, 1], [], [1, 1]];
  const initial = shapes.map((shape, k) => [variable(`v${k}`, shape), random.uniform(shape, -1, 1).data] as const);
  const variables = initial.map(([tensor]) => tensor);
  const pool: Tensor[] = [...variables];
  const any = () => random.pick(random.next() < 0.7 ? pool.slice(-6) : pool);
  const anyAxis = ({ shape }: Tensor) => random.integer(0, shape.length - 1);

  const builders: (() => Tensor | undefined)[] = [
    () => relu(any()),
    () => tanh(any()),
    () => mul(any(), 0.5),
    () => pair((a, b) => add(mul(a, 0.5), b)),
    () => pair(sub),
    () => pair(mul),
    () => pair(mul),
    () => withAxis((x, axis) => sum(mul(x, 1 / (x.shape[axis] as number)), axis, random.next() < 0.5)),
    () => withAxis((x, axis) => max(x, axis, random.next() < 0.5)),
    () => withAxis((x, axis) => sub(x, mean(x, axis, true))),
    () => withAxis((x, axis) => softmax(x, axis)),
    () => mean(any()),
    () => matrix((x) => transpose(x)),
    () => matrix((x) => pairOfMatrices(x)),
    () => matrix((x) => pairOfMatrices(x)),
    () => withAxis((x) => flip(x)),
    () => withAxis((x) => reshape(x, [sizeOf(x.shape)])),
    () => withAxis((x, axis) => rolled(x, axis)),
  ];

  function pair(build: (a: Tensor, b: Tensor) => Tensor): Tensor | undefined {
    const [a, b] = [any(), any()];
    const lead = Math.max(a.shape.length, b.shape.length);
    const full = (shape: Shape) => [...new Array<number>(lead - shape.length).fill(1), ...shape];
    const [left, right] = [full(a.shape), full(b.shape)];
    const fits = left.every((size, axis) => size === right[axis] || size === 1 || right[axis] === 1);
    return fits ? build(a, b) : undefined;
  }
  function withAxis(build: (x: Tensor, axis: number) => Tensor | undefined): Tensor | undefined {
    const x = any();
    return x.shape.length === 0 ? undefined : build(x, anyAxis(x));
  }
  function matrix(build: (x: Tensor) => Tensor | undefined): Tensor | undefined {
    const x = any();
    return x.shape.length === 2 ? build(x) : undefined;
  }
  function pairOfMatrices(a: Tensor): Tensor | undefined {
    const depth = a.shape[1] as number;
    const b = pool.filter(({ shape }) => shape.length === 2 && shape[0] === depth);
    return b.length === 0 ? undefined : mul(matmul(a, random.pick(b)), 1 / depth);
  }
  function rolled(x: Tensor, axis: number): Tensor | undefined {
    const size = x.shape[axis] as number;
    if (size < 2) return undefined;
    return concat([sliceAxis(x, axis, size - 1, 1), sliceAxis(x, axis, 0, size - 1)], axis);
  }

  while (pool.length < variables.length + CALLS) {
    const made = random.pick(builders)();
    if (made !== undefined) pool.push(made);
  }
  const results = pool.slice(variables.length);
  const updates = variables.flatMap((target): [Tensor, Tensor][] => {
    const fitting = pool.filter((value) => sameShape(value.shape, target.shape));
    return random.next() < 0.7 ? [[target, random.pick(fitting)]] : [];
  });
  const outputs = [random.pick(results), random.pick(results), results.at(-1) as Tensor];
  const program = { updates, outputs, keep: [random.pick(results)], metrics: { mean: mean(random.pick(results)) } };
  const wanted = [...updates.flat(), ...outputs, ...program.keep, program.metrics.mean];
  const used = new Set(callsOf(wanted));
  return { program, initial: initial.filter(([{ call }]) => used.has(call)) };
}
