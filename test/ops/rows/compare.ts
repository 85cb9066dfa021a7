import type { NdArray } from "../../../src/graph/nd-array.ts";
import { equal } from "../../../src/graph/ops/equal.ts";
import { greater } from "../../../src/graph/ops/greater.ts";
import { greaterEqual } from "../../../src/graph/ops/greater-equal.ts";
import { less } from "../../../src/graph/ops/less.ts";
import { lessEqual } from "../../../src/graph/ops/less-equal.ts";
import { logicalAnd } from "../../../src/graph/ops/logical-and.ts";
import { logicalNot } from "../../../src/graph/ops/logical-not.ts";
import { logicalOr } from "../../../src/graph/ops/logical-or.ts";
import { notEqual } from "../../../src/graph/ops/not-equal.ts";
import { where } from "../../../src/graph/ops/where.ts";
import { formatShape, type Shape, type Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random } from "../row.ts";
import { binaryRow, broadcastPair } from "./binary.ts";

const NONE = { none: "a step function: its gradient is zero" };

/** Few different values, so that both answers occur. */
function few(dtype: "f32" | "i32" | "u32"): (random: Random, shape: Shape) => NdArray {
  return (random, shape) => random.integers(shape, dtype === "u32" ? 0 : -2, 2).map((value) => value, dtype);
}

function comparisonRows(f: (a: Tensor, b: Tensor) => Tensor): OpRow[] {
  return [
    { ...binaryRow(f.name, f, { ulp: 0 }, few("f32")), gradient: NONE },
    { ...binaryRow(`${f.name} i32`, f, { ulp: 0 }, few("i32")), gradient: NONE, adversarial: false },
    { ...binaryRow(`${f.name} u32`, f, { ulp: 0 }, few("u32")), gradient: NONE, adversarial: false },
  ];
}

function whereCase(random: Random, condition: Shape, [a, b]: readonly [Shape, Shape]): Case {
  return {
    label: `${formatShape(condition)}, ${formatShape(a)} and ${formatShape(b)}`,
    inputs: [random.integers(condition, 0, 1, "u32"), random.uniform(a), random.uniform(b)],
    build: ([c, x, y]) => where(c as Tensor, x as Tensor, y as Tensor),
  };
}

export const rows: OpRow[] = [
  ...[equal, notEqual, greater, greaterEqual, less, lessEqual].flatMap(comparisonRows),
  { ...binaryRow("logicalAnd", logicalAnd, { ulp: 0 }, few("u32")), gradient: NONE, adversarial: false },
  { ...binaryRow("logicalOr", logicalOr, { ulp: 0 }, few("u32")), gradient: NONE, adversarial: false },
  {
    name: "logicalNot",
    ops: ["logicalNot"],
    draw: (random) => ({
      label: "0, 1 and 2",
      inputs: [random.integers(random.shape(2, 500, true), 0, 2, "u32")],
      build: ([x]) => logicalNot(x as Tensor),
    }),
    tolerance: { ulp: 0 },
    gradient: NONE,
  },
  {
    name: "where",
    ops: ["where"],
    draw: (random) => {
      const shapes = broadcastPair(random);
      const [full] = shapes.toSorted((a, b) => b.length - a.length) as [Shape];
      return whereCase(random, random.pick([full, full.slice(1), []]), shapes);
    },
    always: (random) => [
      whereCase(random, [3, 1], [[], [1, 4]]),
      whereCase(random, [0], [[0], [1]]),
      whereCase(random, [], [[2], []]),
    ],
    tolerance: { ulp: 0 },
    gradient: [1, 2],
    adversarial: true,
  },
];
