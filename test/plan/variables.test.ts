import { describe, expect, test } from "vitest";
import { add } from "../../src/graph/ops/add.ts";
import { cast } from "../../src/graph/ops/cast.ts";
import { concat } from "../../src/graph/ops/concat.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { mean } from "../../src/graph/ops/mean.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { relu } from "../../src/graph/ops/relu.ts";
import { reshape } from "../../src/graph/ops/reshape.ts";
import { slice } from "../../src/graph/ops/slice.ts";
import { sub } from "../../src/graph/ops/sub.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { transpose } from "../../src/graph/ops/transpose.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Program } from "../../src/graph/program.ts";
import type { Shape, Tensor } from "../../src/graph/tensor.ts";
import { createRandom } from "../ops/random.ts";
import { expectSameAsInterpreter } from "./against-interpreter.ts";
import { sharedGpu, withExecutor } from "./open.ts";

const shared = sharedGpu();
const random = createRandom("variables");

/** A variable of seeded values. */
function filled(name: string, shape: Shape): readonly [Tensor, Float64Array] {
  return [variable(name, shape), random.uniform(shape).data];
}

/** Adds what a test needs to all of them: the program is right at every step, fused or not. */
function behaves(program: Program, ...initial: (readonly [Tensor, ArrayLike<number>])[]): Promise<void> {
  return expectSameAsInterpreter(shared(), program, initial);
}

describe("an update", () => {
  test.each([[[6]], [[5, 7]], [[40, 70]], [[1]], [[]]])(
    "swaps two variables of shape %j in one step",
    async (shape) => {
      const [a, aValues] = filled("a", shape);
      const [b, bValues] = filled("b", shape);
      await behaves(
        {
          updates: [
            [a, b],
            [b, a],
          ],
        },
        [a, aValues],
        [b, bValues],
      );
    },
  );

  test("passes three variables on in a circle", async () => {
    const variables = ["a", "b", "c"].map((name) => filled(name, [9]));
    const [a, b, c] = variables.map(([tensor]) => tensor) as [Tensor, Tensor, Tensor];
    await behaves(
      {
        updates: [
          [a, b],
          [b, c],
          [c, add(a, 1)],
        ],
      },
      ...variables,
    );
  });

  test("writes a variable shifted into itself", async () => {
    const [v, values] = filled("v", [7, 3]);
    const rolled = concat([slice(v, [6, 0], [1, 3]), slice(v, [0, 0], [6, 3])], 0);
    await behaves({ updates: [[v, rolled]] }, [v, values]);
  });

  test("writes a variable transposed into itself", async () => {
    const [v, values] = filled("v", [6, 6]);
    await behaves({ updates: [[v, transpose(v)]] }, [v, values]);
  });

  test("writes one value into two variables", async () => {
    const [a, aValues] = filled("a", [5]);
    const b = variable("b", [5]);
    const value = add(mul(a, 0.5), 1);
    await behaves(
      {
        updates: [
          [a, value],
          [b, value],
        ],
      },
      [a, aValues],
    );
  });

  test("writes a constant into a variable, of one number or of many", async () => {
    const [a, aValues] = filled("a", [4]);
    const [b, bValues] = filled("b", [4]);
    const s = variable("s");
    const updates = [
      [a, constant(3, [4])],
      [b, constant([1, 2, 3, 4], [4])],
      [s, constant(7)],
    ] as const;
    await behaves({ updates }, [a, aValues], [b, bValues], [s, [1]]);
  });

  test("leaves a variable as it is that is written into itself", async () => {
    const [v, values] = filled("v", [5]);
    await behaves({ updates: [[v, v]], outputs: [add(v, 1)] }, [v, values]);
  });

  test("is seen by no dispatch of its own step, even one that reads the variable later", async () => {
    const [v, values] = filled("v", [6, 6]);
    const [x, xValues] = filled("x", [6, 6]);
    const next = add(matmul(v, x), 1);
    // The second product needs both the new value and the old one.
    const after = matmul(next, v);
    await behaves({ updates: [[v, mul(next, 0.1)]], outputs: [after] }, [v, values], [x, xValues]);
    await behaves({ updates: [[v, next]], outputs: [after, sum(v)] }, [v, values], [x, xValues]);
  });

  test("of a variable whose new value is needed beside others of its size terminates", async () => {
    const [v, values] = filled("v", [4, 4]);
    const [m, mValues] = filled("m", [4, 4]);
    const [x, xValues] = filled("x", [4, 4]);
    const next = matmul(v, m);
    const outputs = [matmul(next, v), matmul(add(x, 1), v)];
    await behaves({ updates: [[v, next]], outputs }, [v, values], [m, mValues], [x, xValues]);
  });

  test("counts single numbers of all dtypes", async () => {
    const f = variable("f");
    const i = variable("i", [], "i32");
    const u = variable("u", [], "u32");
    const one = variable("one", [1]);
    const updates: [Tensor, Tensor][] = [
      [f, mul(add(f, 1), 1.5)],
      [i, sub(i, 3)],
      [u, add(u, 1)],
      [one, reshape(add(f, cast(u, "f32")), [1])],
    ];
    await behaves({ updates, metrics: { f, both: add(f, cast(i, "f32")) } }, [f, [0.25]], [i, [-5]], [u, [4294967290]]);
  });

  test("keeps whole numbers exact", async () => {
    const i = variable("i", [3], "i32");
    const u = variable("u", [3], "u32");
    const updates: [Tensor, Tensor][] = [
      [i, add(i, i)],
      [u, add(u, 1)],
    ];
    await behaves({ updates }, [i, [1_000_001, -7, 16_777_217]], [u, [16_777_217, 4_000_000_001, 0]]);
  });

  test("may change a variable that a shader reads in the same step", async () => {
    const [w, wValues] = filled("w", [8, 8]);
    const [x, xValues] = filled("x", [8, 8]);
    const y = matmul(x, w);
    await behaves({ updates: [[w, sub(w, mul(y, 0.01))]], outputs: [y] }, [w, wValues], [x, xValues]);
    await behaves({ updates: [[w, y]] }, [w, wValues], [x, xValues]);
    await behaves({ updates: [[w, matmul(w, w)]] }, [w, wValues.map((value) => value / 4)]);
  });

  test("of a variable of no elements does nothing", async () => {
    const empty = variable("empty", [0, 3]);
    const v = variable("v");
    await behaves({
      updates: [
        [empty, mul(empty, 2)],
        [v, add(v, sum(empty))],
      ],
    });
  });

  test("of a statistic of long rows does not disturb what is computed from its old value", async () => {
    const [x, xValues] = filled("x", [2, 1021]);
    const [running, runningValues] = filled("running", [2, 1]);
    const next = add(mul(running, 0.9), mul(mean(x, 1, true), 0.1));
    await behaves({ updates: [[running, next]], outputs: [sub(x, next)] }, [x, xValues], [running, runningValues]);
    const outputs = [sub(x, mul(mean(x, 1, true), running))];
    await behaves({ updates: [[running, next]], outputs }, [x, xValues], [running, runningValues]);
  });

  test("of a single number does not disturb what is computed from its old value", async () => {
    const [x, xValues] = filled("x", [1, 1021]);
    const scale = variable("scale");
    const mean1 = mean(x);
    const next = add(mul(scale, 0.9), mean1);
    const outputs = [mul(sub(x, mean1), scale)];
    await behaves({ updates: [[scale, next]], outputs }, [x, xValues], [scale, [2]]);
  });
});

describe("an output", () => {
  test("may be a view, a constant, a variable, empty, or there twice", async () => {
    const [v, values] = filled("v", [4, 3]);
    const y = relu(v);
    const outputs = [
      reshape(y, [12]),
      y,
      y,
      v,
      reshape(v, [2, 6]),
      constant(2, [3]),
      constant([1, 2], [2]),
      constant(5),
    ];
    const empty = [constant([], [0]), slice(v, [0, 0], [0, 3]), reshape(slice(v, [0, 0], [0, 3]), [3, 0])];
    await behaves({ outputs: [...outputs, ...empty] }, [v, values]);
  });

  test("that shows a variable in another shape has the value of before the step's update", async () => {
    const [v, values] = filled("v", [4, 3]);
    await behaves({ updates: [[v, mul(v, 2)]], outputs: [reshape(v, [12])] }, [v, values]);
  });

  test("may be the new value of a variable, or something of it", async () => {
    const [v, values] = filled("v", [4]);
    const next = add(v, 1);
    await behaves({ updates: [[v, next]], outputs: [next, reshape(next, [2, 2]), mul(next, next)] }, [v, values]);
  });

  test("may be computed from one tensor twice", async () => {
    const [x, values] = filled("x", [5, 5]);
    const y = relu(x);
    await behaves({ outputs: [matmul(x, x), matmul(y, y), add(y, y), mul(x, x), matmul(y, transpose(y))] }, [
      x,
      values,
    ]);
  });

  test("may read transposed what another dispatch could overwrite", async () => {
    const [x, values] = filled("x", [6, 6]);
    const y = matmul(x, constant(1, [6, 6]));
    const z = add(y, transpose(y));
    const late = matmul(z, x);
    await behaves({ outputs: [late, add(late, transpose(late))] }, [x, values]);
  });

  test("of a program that computes nothing is what was written", async () => {
    const [v, values] = filled("v", [3]);
    await behaves({ outputs: [v] }, [v, values]);
  });

  test("is refused by read() where the program does not name it", async () => {
    const [v, values] = filled("v", [3]);
    const hidden = mul(v, 2);
    await withExecutor(shared(), { outputs: [add(hidden, 1)] }, [[v, values]], async (executor) => {
      await expect(executor.read(hidden)).rejects.toMatchObject({
        kind: "graph",
        op: "mul",
        message: expect.stringMatching(/^mul: its values are not kept; .*outputs/),
      });
    });
  });
});
