import { expect, test } from "vitest";
import { compile } from "../../src/graph/compile.ts";
import { withNode } from "../../src/graph/op.ts";
import { add } from "../../src/graph/ops/add.ts";
import { conv2d } from "../../src/graph/ops/conv2d.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { relu } from "../../src/graph/ops/relu.ts";
import { softmax } from "../../src/graph/ops/softmax.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Dispatch } from "../../src/graph/plan.ts";
import { convnet } from "../models/convnet.ts";
import { HARDWARE, SOFTWARE } from "../ops/profiles.ts";

const x = variable("x", [64, 100]);
const w = variable("w", [100, 32]);
const b = variable("b", [32]);

test("a dense layer's dispatch says what it is: op, node, variant, shapes, operations and bytes", () => {
  const y = withNode("dense_1", () => relu(add(matmul(x, w), b)));
  for (const profile of [SOFTWARE, HARDWARE]) {
    const plan = compile({ outputs: [y] }, profile);
    expect(plan.dispatches.length).toBe(1);
    const [dispatch] = plan.dispatches as [Dispatch];
    expect(dispatch).toMatchObject({
      op: "matmul",
      ops: ["matmul", "add", "relu"],
      node: "dense_1",
      inputs: [[64, 100], [100, 32], [32]],
      outputs: [[64, 32]],
      bytes: 4 * (64 * 100 + 100 * 32 + 32 + 64 * 32),
    });
    expect(dispatch.variant).not.toBe("");
    // A multiplication and an addition for each of the 64 × 100 × 32 products, and bias and relu.
    expect(dispatch.flops).toBe(2 * 64 * 100 * 32 + 2 * 64 * 32);
    expect(dispatch.code).toContain("fn main(");
    expect(dispatch.workgroups.every((count) => count > 0)).toBe(true);
  }
});

test("the variant is that of the adapter", () => {
  const large = matmul(variable("a", [512, 512]), variable("c", [512, 512]));
  const variantOn = (profile: typeof SOFTWARE) => compile({ outputs: [large] }, profile).dispatches[0]?.variant;
  expect(variantOn(SOFTWARE)).not.toBe(variantOn(HARDWARE));
});

test("a convolution counts a multiplication and an addition for each weight and output", () => {
  const y = withNode("conv_1", () => conv2d(variable("images", [2, 8, 8, 3]), variable("kernel", [3, 3, 3, 16])));
  const plan = compile({ outputs: [y] }, SOFTWARE);
  const flops = plan.dispatches.reduce((sum, dispatch) => sum + dispatch.flops, 0);
  expect(flops).toBe(2 * (2 * 6 * 6 * 16) * (3 * 3 * 3));
  expect(plan.dispatches.every(({ node }) => node === "conv_1")).toBe(true);
});

test("what composite ops are made of belongs to them and to their node", () => {
  const plan = compile({ outputs: [withNode("softmax_1", () => softmax(x))] }, SOFTWARE);
  expect(plan.dispatches.map(({ node }) => node)).toEqual(["softmax_1"]);
  expect(plan.dispatches[0]?.op).toBe("softmax");
  expect(plan.dispatches[0]?.ops).not.toContain("softmax");
});

test("what gradients are made of belongs to the node of the layer", () => {
  const { program } = withNode("layer_1", () => convnet(2));
  const plan = compile(program, SOFTWARE);
  const gradients = plan.dispatches.filter(({ op }) => /Gradient/.test(op));
  expect(gradients.length).toBeGreaterThan(2);
  for (const { node } of gradients) expect(node).toBe("layer_1");
});

test("every dispatch of a training step describes itself", () => {
  for (const { op, ops, outputs, bytes, flops, variant, code } of compile(convnet(4).program, HARDWARE).dispatches) {
    expect(op).not.toBe("");
    expect(ops.length).toBeGreaterThan(0);
    expect(outputs.length).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(0);
    expect(flops).toBeGreaterThanOrEqual(0);
    expect(variant).not.toBe("");
    expect(code).toMatch(/@compute/);
  }
});
