import type { NdArray } from "../../../src/graph/nd-array.ts";
import { bidirectional } from "../../../src/graph/ops/bidirectional.ts";
import { gru } from "../../../src/graph/ops/gru.ts";
import { gruScan } from "../../../src/graph/ops/gru-scan.ts";
import { lstm } from "../../../src/graph/ops/lstm.ts";
import { lstmScan } from "../../../src/graph/ops/lstm-scan.ts";
import { type RnnActivation, rnnScan } from "../../../src/graph/ops/rnn-scan.ts";
import { simpleRnn } from "../../../src/graph/ops/simple-rnn.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random, Tolerance } from "../row.ts";

/** Sizes of a case, and which of the options it takes. */
interface Layer {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly hidden: number;
  readonly reverse: boolean;
  readonly hasBias: boolean;
  readonly hasInitial: boolean;
  readonly hasLengths: boolean;
}

/**
 * B, T, H and the direction. Each is a pipeline of its own, which takes a software GPU half a second to compile: so
 * they are a list, and the cases differ in their other options and values.
 */
const RUNS: readonly (readonly [batch: number, steps: number, hidden: number, reverse: boolean])[] = [
  [1, 1, 1, false],
  [2, 9, 2, true],
  [5, 4, 4, true],
  [4, 3, 5, false],
  [1, 7, 7, true],
  [3, 2, 9, true],
  [2, 0, 3, false],
  [5, 3, 17, true],
  [3, 4, 33, false],
  [2, 2, 64, false],
  [3, 2, 65, true],
];

const SMALL_RUNS = RUNS.filter(([, , hidden]) => hidden <= 9);

function drawLayer(random: Random, runs = RUNS): Layer {
  const [batch, steps, hidden, reverse] = random.pick(runs);
  return {
    batch,
    steps,
    features: random.integer(1, 5),
    hidden,
    reverse,
    hasBias: random.next() < 0.8,
    hasInitial: random.next() < 0.6,
    hasLengths: random.next() < 0.6,
  };
}

const PLAIN: Layer = {
  batch: 1,
  steps: 1,
  features: 1,
  hidden: 1,
  reverse: false,
  hasBias: true,
  hasInitial: true,
  hasLengths: true,
};

/**
 * No step, no feature, a batch of 0, the largest layer that loops in one dispatch, one that must be unrolled, and one that
 * a software adapter runs by wide tiles.
 */
const BORDERS: readonly Layer[] = [
  { ...PLAIN, steps: 0, hidden: 3 },
  { ...PLAIN, features: 0, batch: 2, steps: 3, hidden: 2 },
  { ...PLAIN, batch: 0, steps: 2, hidden: 2 },
  { ...PLAIN, steps: 2, hidden: 256 },
  { ...PLAIN, steps: 2, hidden: 257 },
  { ...PLAIN, batch: 38, steps: 3, hidden: 35 },
];

function labelOf({ batch, steps, features, hidden, ...options }: Layer, more: string): string {
  const chosen = Object.entries(options).filter(([, isChosen]) => isChosen);
  return [`${batch}×${steps}×${features} to ${hidden}`, more, ...chosen.map(([name]) => name)].join(" ");
}

/** x, wx, wh, bias, recurrent bias, initial state, initial cell, lengths: what a case does not use has gradient 0. */
function valuesOf(random: Random, gates: number, { batch, steps, features, hidden }: Layer): NdArray[] {
  const reach = 1 / Math.sqrt(Math.max(1, hidden));
  return [
    random.uniform([batch, steps, features], -1, 1),
    random.uniform([features, gates * hidden], -1, 1),
    random.uniform([hidden, gates * hidden], -reach, reach),
    random.uniform([gates * hidden], -0.5, 0.5),
    random.uniform([gates * hidden], -0.5, 0.5),
    random.uniform([batch, hidden], -1, 1),
    random.uniform([batch, hidden], -1, 1),
    random.integers([batch], 0, steps, random.pick(["i32", "u32"] as const)),
  ];
}

interface Built {
  readonly x: Tensor;
  readonly weights: { wx: Tensor; wh: Tensor; bias: Tensor | undefined };
  readonly recurrentBias: Tensor | undefined;
  readonly initialCell: Tensor | undefined;
  readonly options: { initial: Tensor | undefined; lengths: Tensor | undefined; reverse: boolean };
}

function inputsOf(inputs: readonly Tensor[], { hasBias, hasInitial, hasLengths, reverse }: Layer): Built {
  const [x, wx, wh, bias, recurrentBias, initial, initialCell, lengths] = inputs as [
    Tensor,
    Tensor,
    Tensor,
    ...Tensor[],
  ];
  return {
    x,
    weights: { wx, wh, bias: hasBias ? bias : undefined },
    recurrentBias: hasBias ? recurrentBias : undefined,
    initialCell: hasInitial ? initialCell : undefined,
    options: {
      initial: hasInitial ? initial : undefined,
      lengths: hasLengths ? lengths : undefined,
      reverse,
    },
  };
}

function caseOf(
  random: Random,
  gates: number,
  layer: Layer,
  more: string,
  build: (built: Built) => readonly Tensor[],
): Case {
  return {
    label: labelOf(layer, more),
    inputs: valuesOf(random, gates, layer),
    build: (inputs) => build(inputsOf(inputs, layer)),
  };
}

/** Sums of up to 256 products, up to nine times through saturating gates. */
const TOLERANCE: Tolerance = { ulp: 64, absolute: 1e-5 };
const EVERY_F32 = [0, 1, 2, 3, 4, 5, 6];

function rnnCase(random: Random, layer: Layer, activation: RnnActivation): Case {
  return caseOf(random, 1, layer, activation, ({ x, weights, options }) => {
    const { states, last } = simpleRnn(x, weights, { ...options, activation });
    return [states, last];
  });
}

function gruCase(random: Random, layer: Layer, resetAfter: boolean): Case {
  return caseOf(random, 3, layer, resetAfter ? "reset after" : "reset before", (built) => {
    const { x, weights, options } = built;
    const recurrentBias = resetAfter ? built.recurrentBias : undefined;
    const { states, last } = gru(x, { ...weights, recurrentBias }, { ...options, resetAfter });
    return [states, last];
  });
}

function lstmCase(random: Random, layer: Layer): Case {
  return caseOf(random, 4, layer, "", ({ x, weights, options, initialCell }) => {
    const { states, last, lastCell } = lstm(x, weights, { ...options, initialCell });
    return [states, last, lastCell];
  });
}

/** Only the last state is used, as for classification: then all states have no gradient. */
function lastStateCase(random: Random, layer: Layer): Case {
  return caseOf(random, 4, layer, "last", ({ x, weights, options }) => [lstm(x, weights, options).last]);
}

const loops: OpRow[] = [
  {
    name: "simpleRnn tanh",
    ops: ["rnnScan", "rnnScanGradient"],
    draw: (random) => rnnCase(random, drawLayer(random), "tanh"),
    always: (random) => BORDERS.map((layer) => rnnCase(random, layer, "tanh")),
    tolerance: TOLERANCE,
    gradient: EVERY_F32,
  },
  {
    // Small, so that finite differences seldom meet a kink.
    name: "simpleRnn relu",
    ops: ["rnnScan", "rnnScanGradient"],
    draw: (random) => rnnCase(random, drawLayer(random, SMALL_RUNS), "relu"),
    tolerance: TOLERANCE,
    gradient: EVERY_F32,
  },
  {
    name: "gru",
    ops: ["gruScan", "gruScanGradient"],
    draw: (random) => gruCase(random, drawLayer(random), random.next() < 0.5),
    always: (random) => BORDERS.map((layer, k) => gruCase(random, layer, k % 2 === 0)),
    tolerance: TOLERANCE,
    gradient: EVERY_F32,
  },
  {
    name: "lstm",
    ops: ["lstmScan", "lstmScanGradient"],
    draw: (random) => lstmCase(random, drawLayer(random)),
    always: (random) => [
      ...BORDERS.map((layer) => lstmCase(random, layer)),
      lastStateCase(random, { ...PLAIN, batch: 3, steps: 4, hidden: 5 }),
    ],
    tolerance: TOLERANCE,
    gradient: EVERY_F32,
  },
  {
    name: "bidirectional",
    ops: ["gruScan", "gruScanGradient"],
    draw: (random) => {
      const layer = drawLayer(random, SMALL_RUNS);
      return caseOf(random, 3, layer, "both ways", ({ x, weights, options }) => {
        const { states, last } = bidirectional((reverse) => gru(x, weights, { ...options, reverse }));
        return [states, last];
      });
    },
    tolerance: TOLERANCE,
    gradient: EVERY_F32,
  },
];

/** The unrolled forms at sizes that would not need them, against the same reference. */
const ONCE = { cases: 15, tolerance: TOLERANCE, gradient: [0, 1, 2, 3] };
const unrolled: OpRow[] = [
  {
    ...ONCE,
    name: "simpleRnn unrolled",
    ops: ["rnnScan", "rnnScanGradient"],
    draw: (random) => {
      const layer = drawUnrolled(random);
      const activation = random.pick<RnnActivation>(["tanh", "relu"]);
      return scanCase(random, 1, layer, ([xw, wh, initial, , lengths]) => {
        const { states, last } = rnnScan(xw, wh, initial, lengths, { activation, ...directionOf(layer) });
        return [states, last];
      });
    },
  },
  {
    ...ONCE,
    name: "gru unrolled",
    ops: ["gruScan", "gruScanGradient"],
    draw: (random) => {
      const layer = drawUnrolled(random);
      const resetAfter = random.next() < 0.5;
      return scanCase(random, 3, layer, ([xw, wh, initial, bias, lengths]) => {
        const attrs = { resetAfter, ...directionOf(layer) };
        const { states, last } = gruScan(xw, wh, bias, initial, lengths, attrs);
        return [states, last];
      });
    },
  },
  {
    ...ONCE,
    name: "lstm unrolled",
    ops: ["lstmScan", "lstmScanGradient"],
    draw: (random) => {
      const layer = drawUnrolled(random);
      return scanCase(random, 4, layer, ([xw, wh, initial, , lengths]) => {
        const { states, last } = lstmScan(xw, wh, initial, lengths, directionOf(layer));
        return [states, last];
      });
    },
  },
];

/** Few steps, because each is a handful of pipelines. */
function drawUnrolled(random: Random): Layer {
  return drawLayer(
    random,
    RUNS.filter(([, steps, hidden]) => steps <= 4 && hidden <= 5),
  );
}

function directionOf({ reverse }: Layer) {
  return { reverse, unrolled: true };
}

type ScanInputs = [xw: Tensor, wh: Tensor, initial: Tensor, bias: Tensor, lengths: Tensor];

function scanCase(random: Random, gates: number, layer: Layer, build: (inputs: ScanInputs) => readonly Tensor[]): Case {
  const { batch, steps, hidden } = layer;
  return {
    label: labelOf(layer, "unrolled"),
    inputs: [
      random.uniform([batch, steps, gates * hidden], -1, 1),
      random.uniform([hidden, gates * hidden], -0.5, 0.5),
      random.uniform(gates === 4 ? [2, batch, hidden] : [batch, hidden], -1, 1),
      random.uniform([gates * hidden], -0.5, 0.5),
      random.integers([batch], 0, steps),
    ],
    build: (inputs) => build(inputs as ScanInputs),
  };
}

export const recurrentRows: readonly OpRow[] = [...loops, ...unrolled];
