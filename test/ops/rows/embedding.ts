import { embedding } from "../../../src/graph/ops/embedding.ts";
import { scatterAdd } from "../../../src/graph/ops/scatter-add.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random } from "../row.ts";

/** Indices that name rows twice, leave rows out and leave the range at both ends. */
function indicesOf(random: Random, shape: readonly number[], rows: number) {
  const dtype = random.pick(["i32", "u32"] as const);
  const beyond = random.pick([0, 2]);
  return random.integers(shape, dtype === "i32" ? -beyond : 0, rows - 1 + beyond, dtype);
}

function scatterAddCase(random: Random, positions: number, rows: number, rest: readonly number[]): Case {
  return {
    label: `${positions} positions to ${rows}×[${rest.join("×")}]`,
    inputs: [indicesOf(random, [positions], rows), random.uniform([positions, ...rest])],
    build: ([indices, updates]) => scatterAdd(indices as Tensor, updates as Tensor, rows),
  };
}

function embeddingCase(random: Random, rows: number, features: number, ids: readonly number[]): Case {
  return {
    label: `table ${rows}×${features}, ids [${ids.join("×")}]`,
    inputs: [random.uniform([rows, features]), indicesOf(random, ids, rows)],
    build: ([table, named]) => embedding(table as Tensor, named as Tensor),
  };
}

export const rows: readonly OpRow[] = [
  {
    name: "scatterAdd",
    ops: ["scatterAdd"],
    draw: (random) =>
      scatterAddCase(random, random.size(257, true), random.size(), random.shape(random.integer(0, 2), 70, true)),
    always: (random) => [
      scatterAddCase(random, 0, 0, [3]),
      scatterAddCase(random, 0, 5, [3]),
      scatterAddCase(random, 1, 1, []),
      scatterAddCase(random, 300, 1, [5]), // all to one row
      scatterAddCase(random, 2049, 3, [6]), // enough positions for parts
      scatterAddCase(random, 40, 700, [9]), // more rows than invocations on a software adapter
    ],
    tolerance: ({ inputs }) => ({ ulp: 4, absolute: 1e-6 * Math.max(1, inputs[0]?.data.length ?? 1) }),
    gradient: [1],
  },
  {
    name: "embedding",
    ops: ["gather", "scatterAdd"],
    draw: (random) =>
      embeddingCase(random, random.size(65), random.size(65, true), random.shape(random.integer(0, 3), 257, true)),
    always: (random) => [
      embeddingCase(random, 1, 1, []),
      embeddingCase(random, 0, 4, [0]),
      embeddingCase(random, 65, 64, [4, 65]),
    ],
    tolerance: { ulp: 0 },
    gradient: [0],
  },
];
