import { describe, expect, test } from "vitest";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { sizeOf, type Tensor } from "../../src/graph/tensor.ts";
import type { Layer } from "../../src/nn/layer.ts";
import { denseLayer } from "../../src/nn/layers/dense.ts";
import { flattenLayer } from "../../src/nn/layers/flatten.ts";
import { inputLayer } from "../../src/nn/layers/input.ts";
import { permuteLayer } from "../../src/nn/layers/permute.ts";
import { reshapeLayer } from "../../src/nn/layers/reshape.ts";
import { buildLayer, refusalOf } from "./layer-context.ts";
import { wholeNumbers } from "./plain-windows.ts";

describe("Input", () => {
  test("gives the column it is built on", () => {
    const column = variable("tokens", [2, 5], "i32");
    expect(buildLayer(inputLayer, {}, [column]).output).toBe(column);
  });
});

describe("Dense", () => {
  test("is the sum of channels times kernel plus bias, at every position, through the activation", () => {
    const x = wholeNumbers([2, 3, 4]);
    const { output, parameters, feed } = build(denseLayer, { units: 5, activation: "relu" }, x);
    const kernel = wholeNumbers([4, 5], 3);
    const bias = wholeNumbers([5], 1);
    feed.set(parameters.get("kernel") as Tensor, kernel);
    feed.set(parameters.get("bias") as Tensor, bias);

    const expected: number[] = [];
    for (let row = 0; row < 6; row++) {
      for (let unit = 0; unit < 5; unit++) {
        let sum = bias.at(unit);
        for (let c = 0; c < 4; c++) sum += x.at(row * 4 + c) * kernel.at(c * 5 + unit);
        expected.push(Math.max(sum, 0));
      }
    }
    expect(run(output, feed)).toEqual(new NdArray([2, 3, 5], expected));
  });

  test("has no bias where none is asked for, and a bias that begins at 0 where one is", () => {
    const x = wholeNumbers([2, 4]);
    expect([...build(denseLayer, { useBias: false }, x).parameters.keys()]).toEqual(["kernel"]);
    const { parameters, feed } = build(denseLayer, {}, x);
    expect([...parameters.keys()]).toEqual(["kernel", "bias"]);
    expect(feed.get(parameters.get("bias") as Tensor)).toEqual(NdArray.zeros([64]));
  });

  test.each([
    [{ classes: 10, targetSize: 1 }, 10],
    [{ classes: undefined, targetSize: 3 }, 3],
  ])("with auto units and data of %o has %i of them", (facts, units) => {
    const x = constant(0, [2, 4]);
    expect(buildLayer(denseLayer, { units: "auto" }, [x], { facts }).output.shape).toEqual([2, units]);
  });

  test("draws the kernel as the initializer says: Glorot's uniform lies within √(6 / (in + out))", () => {
    const { parameters, feed } = build(denseLayer, { units: 50 }, wholeNumbers([1, 100]));
    const values = (feed.get(parameters.get("kernel") as Tensor) as NdArray).data;
    const bound = Math.sqrt(6 / 150);
    expect(Math.max(...values)).toBeLessThanOrEqual(bound);
    expect(Math.max(...values)).toBeGreaterThan(0.99 * bound);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-bound);
    expect(Math.min(...values)).toBeLessThan(-0.99 * bound);
  });

  test("refuses tokens and offers an Embedding", () => {
    const error = refusalOf(() => buildLayer(denseLayer, {}, [constant(1, [2, 40], "i32")]));
    expect(error.message).toBe(
      'Dense "layer": it takes numbers, but the input is 40 tokens; insert an Embedding before it',
    );
    expect(error.kind).toBe("shape");
    expect(error.text.zh).toContain("40 的词元");
    expect(error.repairs).toEqual([{ kind: "insert", layer: "Embedding" }]);
  });

  test.each([[[2]], [[2, 1]]])("says of tokens of the shape %o that each sample is a single one", (shape) => {
    const error = refusalOf(() => buildLayer(denseLayer, {}, [constant(1, shape, "i32")]));
    expect(error.message).toContain("but the input is a single token; insert an Embedding before it");
    expect(error.text.zh).toContain("输入是单个词元");
  });

  test("refuses a single number a sample and offers a Reshape that it then takes", () => {
    const error = refusalOf(() => buildLayer(denseLayer, {}, [constant(1, [7])]));
    expect(error.message).toContain("a single number a sample; insert a Reshape to 1");
    expect(error.text.zh).toContain("Reshape");
    expect(error.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: [1] } }]);
    const reshaped = buildLayer(reshapeLayer, { shape: [1] }, [constant(1, [7])]).output;
    expect(buildLayer(denseLayer, { units: 3 }, [reshaped]).output.shape).toEqual([7, 3]);
  });
});

describe("Flatten", () => {
  test.each([
    [
      [2, 3, 4, 5],
      [2, 60],
    ],
    [
      [3, 7],
      [3, 7],
    ],
    [[5], [5, 1]],
    [
      [1, 1, 1],
      [1, 1],
    ],
  ])("makes %o to %o with the values in their order", (from, to) => {
    const x = wholeNumbers(from);
    expect(run(build(flattenLayer, {}, x).output)).toEqual(new NdArray(to, x.data));
  });

  test("leaves tokens tokens", () => {
    const { output } = buildLayer(flattenLayer, {}, [constant(3, [2, 3, 2], "i32")]);
    expect(output).toMatchObject({ shape: [2, 6], dtype: "i32" });
  });
});

describe("Reshape", () => {
  test.each([
    [
      [2, 12],
      [3, 4],
      [2, 3, 4],
    ],
    [
      [2, 12],
      [2, -1, 3],
      [2, 2, 2, 3],
    ],
    [[2, 3, 4], [-1], [2, 12]],
    [[2, 1], [], [2]],
    [[2], [1, 1], [2, 1, 1]],
  ])("gives %o the sample shape %o: %o", (from, shape, to) => {
    const x = wholeNumbers(from);
    expect(run(build(reshapeLayer, { shape }, x).output)).toEqual(new NdArray(to, x.data));
  });

  test.each([
    [[784], [28, 27, 1], "[28, 27, 1] holds 756 values, not 784", [28, 28, 1]],
    [[12], [5, -1], "12 values do not divide by the 5 of [5, -1]", [-1, 1]],
    [[12], [-1, -1, 4], "[-1, -1, 4] has more than one -1", [-1, 1, 4]],
    [[2, 6], [0, 4], "[0, 4] has a size of 0", [3, 4]],
    [[7], [2, 3], "[2, 3] holds 6 values, not 7", [7]],
    [[4], [], "[] holds 1 values, not 4", [4]],
  ])("refuses to make %o to %o", (from, shape, problem, cure) => {
    const x = constant(0, [2, ...from]);
    const error = refusalOf(() => buildLayer(reshapeLayer, { shape }, [x]));
    expect(error.message).toContain(
      `the input ${from.join("×")} does not reshape: ${problem}; use [${cure.join(", ")}]`,
    );
    expect(error.text.zh).toContain(`请改为 [${cure.join(", ")}]`);
    expect(error.repairs).toEqual([{ kind: "set", field: "shape", value: cure }]);
    expect(sizeOf(buildLayer(reshapeLayer, { shape: cure }, [x]).output.shape)).toBe(sizeOf(x.shape));
  });
});

describe("Permute", () => {
  test("puts axis order[k] of the input, counted from 1, at axis k", () => {
    const x = wholeNumbers([2, 3, 4, 5]);
    const expected: number[] = [];
    for (let n = 0; n < 2; n++) {
      for (let c = 0; c < 5; c++) {
        for (let h = 0; h < 3; h++) for (let w = 0; w < 4; w++) expected.push(x.at(((n * 3 + h) * 4 + w) * 5 + c));
      }
    }
    const { output } = build(permuteLayer, { order: [3, 1, 2] }, x);
    expect(run(output)).toEqual(new NdArray([2, 5, 3, 4], expected));
  });

  test.each([
    [[4, 5, 6], [2, 1], "the order 2, 1 does not fit the 3 axes of the input 4×5×6", [2, 1, 3]],
    [[4, 5], [1, 1], "the order 1, 1 does not fit the 2 axes of the input 4×5", [1, 2]],
    [[4, 5], [3, 2, 1], "the order 3, 2, 1 does not fit the 2 axes of the input 4×5", [2, 1]],
  ])("refuses for %o the order %o", (sample, order, problem, cure) => {
    const x = constant(0, [2, ...sample]);
    const error = refusalOf(() => buildLayer(permuteLayer, { order }, [x]));
    expect(error.message).toContain(`${problem}; name each of them once, such as ${cure.join(", ")}`);
    expect(error.text.zh).toContain(cure.join(", "));
    expect(error.repairs).toEqual([{ kind: "set", field: "order", value: cure }]);
    expect(buildLayer(permuteLayer, { order: cure }, [x]).output.shape).toHaveLength(x.shape.length);
  });

  test("says that an order without axes is empty", () => {
    const error = refusalOf(() => buildLayer(permuteLayer, { order: [] }, [constant(0, [2, 4, 5])]));
    expect(error.message).toContain("an empty order does not fit the 2 axes of the input 4×5");
    expect(error.text.zh).toContain("空的顺序与输入 4×5 的 2 个轴不符");
    expect(error.repairs).toEqual([{ kind: "set", field: "order", value: [1, 2] }]);
  });

  test("on a list has nothing to swap and offers its removal", () => {
    const error = refusalOf(() => buildLayer(permuteLayer, {}, [constant(0, [2, 9])]));
    expect(error.message).toContain("does not fit the 1 axis of the input 9; there is nothing to swap");
    expect(error.repairs).toEqual([{ kind: "remove" }]);
  });
});

function build(layer: Layer, config: Readonly<Record<string, unknown>>, x: NdArray) {
  return buildLayer(layer, config, [constant([...x.data], x.shape)]);
}

function run(output: Tensor, feed?: ReadonlyMap<Tensor, NdArray>): NdArray | undefined {
  return interpret([output], feed)[0];
}
