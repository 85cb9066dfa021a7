import { NdArray } from "../../../src/graph/nd-array.ts";
import { broadcastTo } from "../../../src/graph/ops/broadcast.ts";
import { concat } from "../../../src/graph/ops/concat.ts";
import { flip } from "../../../src/graph/ops/flip.ts";
import { gather } from "../../../src/graph/ops/gather.ts";
import { oneHot } from "../../../src/graph/ops/one-hot.ts";
import { pad } from "../../../src/graph/ops/pad.ts";
import { reshape } from "../../../src/graph/ops/reshape.ts";
import { slice } from "../../../src/graph/ops/slice.ts";
import { split } from "../../../src/graph/ops/split.ts";
import { squeeze } from "../../../src/graph/ops/squeeze.ts";
import { stack } from "../../../src/graph/ops/stack.ts";
import { tile } from "../../../src/graph/ops/tile.ts";
import { transpose } from "../../../src/graph/ops/transpose.ts";
import { unsqueeze } from "../../../src/graph/ops/unsqueeze.ts";
import { type DType, formatShape, type Shape, type Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random } from "../row.ts";

type Build = Case["build"];

/** A row of cases of one input that only moves values. */
function moving(name: string, ops: readonly string[], make: (random: Random, shape: Shape) => [string, Build]): OpRow {
  const of = (random: Random, shape: Shape): Case => {
    const [label, build] = make(random, shape);
    return { label: `${formatShape(shape)} ${label}`, inputs: [random.uniform(shape)], build };
  };
  return {
    name,
    ops,
    draw: (random) => of(random, random.shape(random.integer(1, 4), 1500, true)),
    always: (random) => [[1], [5], [2, 3], [4, 1, 3], [64, 5]].map((shape) => of(random, shape)),
    tolerance: { ulp: 0 },
    gradient: [0],
  };
}

function shuffled(random: Random, rank: number): number[] {
  const keys = Array.from({ length: rank }, () => random.next());
  return [...keys.keys()].sort((a, b) => (keys[a] as number) - (keys[b] as number));
}

const reshapeRow = moving("reshape", ["reshape"], (random, shape) => {
  // A size of 0 leaves -1 without an answer.
  const target = shape.includes(0)
    ? [...shape].reverse()
    : random.pick([[-1], [1, -1], [-1, shape.at(-1) as number], [...shape].reverse()]);
  return [`to ${target.join(", ")}`, ([x]) => reshape(x as Tensor, target)];
});

const transposeRow = moving("transpose", ["transpose"], (random, shape) => {
  const order = shuffled(random, shape.length);
  return [`order ${order.join(", ")}`, ([x]) => transpose(x as Tensor, order)];
});

const sliceRow = moving("slice", ["slice"], (random, shape) => {
  const start = shape.map((size) => random.integer(0, Math.max(size - 1, 0)));
  const step = shape.map(() => random.pick([1, 1, 2, 3]));
  const size = shape.map((all, axis) => {
    const most = Math.ceil((all - (start[axis] as number)) / (step[axis] as number));
    return random.next() < 0.2 ? -1 : random.integer(0, Math.max(most, 0));
  });
  return [`from ${start} size ${size} step ${step}`, ([x]) => slice(x as Tensor, start, size, step)];
});

function drawPadding(random: Random, shape: Shape, most: (size: number) => number): [number, number][] {
  return shape.map((size) => [random.integer(0, most(size)), random.integer(0, most(size))]);
}

const padRow = moving("pad", ["pad"], (random, shape) => {
  const padding = drawPadding(random, shape, () => 3);
  const value = random.pick([0, 0, 1.5, -2]);
  return [`${padding.join(" ")} with ${value}`, ([x]) => pad(x as Tensor, padding, value)];
});

const reflectRow = moving("pad reflect", ["padReflect"], (random, shape) => {
  const padding = drawPadding(random, shape, (size) => Math.min(Math.max(size - 1, 0), 4));
  return [padding.join(" "), ([x]) => pad(x as Tensor, padding, "reflect")];
});

const edgeRow = moving("pad edge", ["padEdge"], (random, shape) => {
  const padding = drawPadding(random, shape, (size) => (size === 0 ? 0 : 3));
  return [padding.join(" "), ([x]) => pad(x as Tensor, padding, "edge")];
});

const broadcastRow = moving("broadcast", ["broadcast"], (random, shape) => {
  const lead = random.pick([[], [2], [3, 1], [0]]);
  const target = [...lead, ...shape.map((size) => (size === 1 ? random.pick([1, 4]) : size))];
  return [`to ${formatShape(target)}`, ([x]) => broadcastTo(x as Tensor, target)];
});

const flipRow = moving("flip", ["flip"], (random, shape) => {
  const axes = [...shape.keys()].filter(() => random.next() < 0.6).map((axis) => axis - shape.length);
  return [`axes ${axes.join(", ")}`, ([x]) => flip(x as Tensor, axes)];
});

const tileRow = moving("tile", ["tile"], (random, shape) => {
  const repeats = shape.map(() => random.pick([1, 1, 2, 3, 0]));
  return [`by ${repeats.join(", ")}`, ([x]) => tile(x as Tensor, repeats)];
});

const splitRow = moving("split", ["slice", "concat"], (random, shape) => {
  const axis = random.integer(0, shape.length - 1);
  const size = shape[axis] as number;
  const first = random.integer(0, size);
  // Two of the parts change places, so that each one counts.
  return [
    `axis ${axis} at ${first}`,
    ([x]) => {
      const parts = split(x as Tensor, [first, size - first], axis - shape.length);
      return [concat(parts.reverse(), axis), ...split(x as Tensor, size === 0 ? 1 : size, axis).slice(0, 2)];
    },
  ];
});

const squeezeRow = moving("squeeze", ["reshape"], (random, shape) => {
  const axis = random.integer(-shape.length - 1, shape.length);
  return [`axis ${axis}`, ([x]) => [unsqueeze(x as Tensor, axis), squeeze(x as Tensor)]];
});

/** Several tensors that agree but for one axis. */
function concatCase(random: Random, shape: Shape, count: number, axis: number): Case {
  const inputs = Array.from({ length: count }, () =>
    random.uniform(shape.map((size, k) => (k === axis ? random.size(9, true) : size))),
  );
  return {
    label: `${inputs.map((x) => formatShape(x.shape)).join(", ")} axis ${axis}`,
    inputs,
    build: (tensors) => concat(tensors, axis - shape.length),
  };
}

function stackCase(random: Random, shape: Shape, count: number): Case {
  const axis = random.integer(-shape.length - 1, shape.length);
  const inputs = Array.from({ length: count }, () => random.uniform(shape));
  return { label: `${count} of ${formatShape(shape)} axis ${axis}`, inputs, build: (tensors) => stack(tensors, axis) };
}

function gatherCase(random: Random, shape: Shape, axis: number, indices: NdArray): Case {
  return {
    label: `${formatShape(shape)} axis ${axis} by ${formatShape(indices.shape)} ${indices.dtype}`,
    inputs: [random.uniform(shape), indices],
    build: ([x, at]) => gather(x as Tensor, at as Tensor, axis),
  };
}

function drawGather(random: Random): Case {
  const shape = random.shape(random.integer(1, 3), 500);
  const axis = random.integer(-shape.length, shape.length - 1);
  const size = shape.at(axis) as number;
  const places = random.shape(random.integer(0, 2), 30, true);
  const indices = random.integers(places, 0, size - 1, random.pick(["i32", "u32"]));
  return gatherCase(random, shape, axis, indices);
}

function oneHotCase(random: Random, shape: Shape, depth: number): Case {
  const dtype = random.pick<DType>(["f32", "i32", "u32"]);
  return {
    label: `${formatShape(shape)} depth ${depth} ${dtype}`,
    inputs: [random.integers(shape, -1, depth)],
    build: ([indices]) => oneHot(indices as Tensor, depth, dtype),
  };
}

export const rows: OpRow[] = [
  reshapeRow,
  { ...transposeRow, cases: 120 }, // orders that leave all axes in place need no op
  { ...sliceRow, cases: 60 },
  { ...padRow, cases: 60 },
  { ...reflectRow, cases: 100 }, // small sizes leave little room for a border
  { ...edgeRow, cases: 60 },
  { ...broadcastRow, cases: 100 },
  flipRow,
  tileRow,
  splitRow,
  squeezeRow,
  {
    name: "concat",
    ops: ["concat"],
    draw: (random) => {
      const shape = random.shape(random.integer(1, 3), 200, true);
      return concatCase(random, shape, random.integer(2, 4), random.integer(0, shape.length - 1));
    },
    always: (random) => [
      concatCase(random, [1], 3, 0),
      concatCase(random, [2, 0], 2, 1),
      concatCase(random, [3, 2], 6, 1),
    ],
    tolerance: { ulp: 0 },
    gradient: [0, 1],
  },
  {
    name: "stack",
    ops: ["concat"],
    draw: (random) => stackCase(random, random.shape(random.integer(0, 3), 300, true), random.integer(2, 4)),
    tolerance: { ulp: 0 },
    gradient: [0, 1],
  },
  {
    name: "gather",
    ops: ["gather"],
    draw: drawGather,
    always: (random) => [
      gatherCase(random, [4, 3], 0, new NdArray([5], [-7, -1, 0, 3, 99], "i32")),
      gatherCase(random, [4, 3], 1, new NdArray([2, 2], [0, 2, 3, 4294967295], "u32")),
      gatherCase(random, [2, 0], 0, new NdArray([3], [0, 1, 0], "i32")),
      gatherCase(random, [1], 0, new NdArray([], [0], "i32")),
    ],
    tolerance: { ulp: 0 },
    gradient: [0],
  },
  {
    name: "oneHot",
    ops: ["oneHot"],
    draw: (random) => oneHotCase(random, random.shape(random.integer(0, 2), 60, true), random.size(33)),
    always: (random) => [
      oneHotCase(random, [], 1),
      oneHotCase(random, [3], 0),
      oneHotCase(random, [65], 10),
      oneHotCase(random, [3], 257),
    ],
    tolerance: { ulp: 0 },
    gradient: { none: "indices are whole numbers" },
  },
];
