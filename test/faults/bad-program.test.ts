import { describe, expect, test } from "vitest";
import { DescentError } from "../../src/errors.ts";
import { compile } from "../../src/graph/compile.ts";
import { gradient } from "../../src/graph/gradient.ts";
import { apply, type Op, withNode } from "../../src/graph/op.ts";
import { add } from "../../src/graph/ops/add.ts";
import { cast } from "../../src/graph/ops/cast.ts";
import { conv2d } from "../../src/graph/ops/conv2d.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { relu } from "../../src/graph/ops/relu.ts";
import { reshape } from "../../src/graph/ops/reshape.ts";
import { stopGradient } from "../../src/graph/ops/stop-gradient.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Program } from "../../src/graph/program.ts";
import type { TensorType } from "../../src/graph/tensor.ts";
import { SOFTWARE } from "../ops/profiles.ts";

function errorOf(run: () => unknown): DescentError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(DescentError);
    return error as DescentError;
  }
  throw new Error("nothing was thrown");
}

const refused = (program: Program) => errorOf(() => compile(program, SOFTWARE));

describe("shapes that do not fit", () => {
  test("name op and canvas node, the values and the cure", () => {
    const error = errorOf(() => withNode("dense_2", () => matmul(variable("x", [8, 784]), variable("w", [128, 10]))));
    expect(error).toMatchObject({ kind: "shape", op: "matmul", node: "dense_2" });
    expect(error.message).toMatch(/^matmul "dense_2": .*784.*128/);
  });

  test("name the node they belong to, not the one built before", () => {
    const x = withNode("conv_1", () => relu(variable("x", [1, 4, 4, 2])));
    const error = errorOf(() => withNode("conv_2", () => conv2d(x, variable("k", [5, 5, 2, 3]))));
    expect(error).toMatchObject({ kind: "shape", op: "conv2d", node: "conv_2" });
    expect(error.message).toMatch(/5×5.*4×4/);
  });

  test("name no node where there is none, and leave none behind", () => {
    errorOf(() => withNode("dense_2", () => add(variable("x", [2]), variable("y", [3]))));
    expect(errorOf(() => reshape(variable("x", [2]), [3]))).toMatchObject({ op: "reshape", node: undefined });
  });
});

describe("a program", () => {
  const x = variable("x", [3]);
  const step = variable("step", [], "u32");

  test("whose update has another shape or dtype than its variable is refused, with the op and node of the value", () => {
    expect(refused({ updates: [[x, withNode("sgd_1", () => sum(x))]] })).toMatchObject({
      kind: "shape",
      node: "sgd_1",
      message: expect.stringMatching(/^\w+ "sgd_1": variable "x" is f32 3, its update f32 scalar; they must agree$/),
    });
    expect(refused({ updates: [[step, cast(step, "i32")]] })).toMatchObject({ kind: "shape", op: "cast" });
  });

  test("that updates what is not a variable is refused, whatever op it is", () => {
    for (const result of [add(x, 1), relu(x), reshape(x, [1, 3])]) {
      expect(refused({ updates: [[result, result]] })).toMatchObject({
        kind: "graph",
        message: expect.stringContaining(`needs a variable on its left, not the result of ${result.call.op.name}`),
      });
    }
  });

  test("that updates a variable twice is refused, also under two handles of one name", () => {
    const message = 'variable "x" is updated twice in one step';
    expect(
      refused({
        updates: [
          [x, add(x, 1)],
          [x, mul(x, 2)],
        ],
      }),
    ).toMatchObject({ kind: "graph", message });
    const same = variable("x", [3]);
    expect(
      refused({
        updates: [
          [x, add(x, 1)],
          [same, mul(x, 2)],
        ],
      }),
    ).toMatchObject({ kind: "graph", message });
  });

  test("with two different variables of one name is refused, with both", () => {
    const other = variable("x", [4]);
    expect(refused({ outputs: [sum(x), sum(other)] })).toMatchObject({
      kind: "graph",
      message: 'two variables are named "x": f32 3 and f32 4; give each its own name',
    });
    const whole = variable("x", [3], "i32");
    expect(refused({ outputs: [sum(x), whole] })).toMatchObject({ kind: "graph" });
  });

  test("with a variable of a name that the engine keeps to itself is refused, with the cure", () => {
    for (const name of ["metrics ring", "metrics cursor"]) {
      const own = withNode("dense_1", () => variable(name, [3]));
      const message = `variable "dense_1": the name "${name}" is the engine's own; give the variable another one`;
      const hidden = sum(relu(add(own, 1)));
      const programs: Program[] = [
        { updates: [[own, own]] },
        { metrics: { hidden } },
        { outputs: [hidden] },
        { keep: [hidden] },
      ];
      for (const program of programs) expect(refused(program)).toMatchObject({ kind: "graph", message });
      expect(() => compile({ outputs: [sum(x)] }, SOFTWARE)).not.toThrow();
    }
  });

  test("with a metric named like the number of the step is refused, with the cure", () => {
    expect(refused({ metrics: { step: withNode("metric_1", () => sum(x)) } })).toMatchObject({
      kind: "graph",
      node: "metric_1",
      message: expect.stringContaining('"step" is the number of the step in every row; give the metric another name'),
    });
  });

  test("whose metric is no f32 scalar is refused, with its name and the cure", () => {
    expect(refused({ metrics: { accuracy: withNode("metric_1", () => relu(x)) } })).toMatchObject({
      kind: "shape",
      op: "relu",
      node: "metric_1",
      message: expect.stringContaining(
        'metric "accuracy" is f32 3; a metric is an f32 scalar: reduce it with mean or sum',
      ),
    });
    expect(refused({ metrics: { count: add(step, 1) } }).message).toContain('metric "count" is u32 scalar');
  });
});

describe("a gradient", () => {
  const opaque: Op<null> = {
    name: "opaque",
    infer: ([x]) => x as TensorType,
    reference: ([x]) => x as never,
    kernel: { kind: "pointwise", emit: ({ input }) => input(0) },
  };
  const w = variable("w", [3]);

  test("through an op that has none is refused, with op, node and cure", () => {
    const loss = sum(withNode("custom_1", () => apply(opaque, [w], null)));
    expect(errorOf(() => gradient(loss, [w]))).toMatchObject({
      kind: "graph",
      op: "opaque",
      node: "custom_1",
      message: 'opaque "custom_1": has no gradient; stop the gradient before it with stopGradient',
    });
    expect(() => gradient(sum(add(w, stopGradient(apply(opaque, [w], null)))), [w])).not.toThrow();
    expect(() => gradient(sum(add(w, apply(opaque, [stopGradient(w)], null))), [w])).not.toThrow();
    expect(() => gradient(sum(add(w, apply(opaque, [variable("x", [3])], null))), [w])).not.toThrow();
  });

  test("of what is no f32 scalar is refused, with its shape", () => {
    expect(
      errorOf(() =>
        gradient(
          withNode("loss_1", () => relu(w)),
          [w],
        ),
      ),
    ).toMatchObject({
      kind: "graph",
      node: "loss_1",
      message: expect.stringContaining("the loss is f32 of shape 3, not an f32 scalar; reduce it with mean or sum"),
    });
  });
});
