import { describe, expect, it } from "vitest";
import { constant } from "../../src/graph/ops/constant.ts";
import type { Layer } from "../../src/nn/layer.ts";
import { gruLayer } from "../../src/nn/layers/gru.ts";
import { lstmLayer } from "../../src/nn/layers/lstm.ts";
import { simpleRnnLayer } from "../../src/nn/layers/simple-rnn.ts";
import { curedRefusal } from "./cured.ts";
import { type BuiltLayer, buildLayer } from "./layer-context.ts";
import {
  at,
  columns,
  drawParameters,
  inputOf,
  type Matrix,
  mapped,
  matricesOf,
  matrixOf,
  parameterOf,
  plus,
  times,
  valuesOf,
} from "./plain-matrix.ts";

const UNITS = 3;
const x = inputOf("sequence", [2, 4, 5]);
const sequences = matricesOf({ shape: x.shape, data: valuesOf({ feed: new Map() }, x)[0] as number[] });

const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));
const product = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((value, j) => value * at(b, i, j)));

/** What a layer has of one gate: x_t's part of the sum and the state's, each (1, H). */
type Gate = (kind: "input" | "state", gate: number, h: Matrix) => Matrix;

/** The states of one direction after each step of each sample, in the order of the sequence. */
function statesOf(built: BuiltLayer, prefix: "" | "backward", step: (gate: Gate, h: Matrix) => Matrix): Matrix[] {
  const named = (name: string) => (prefix === "" ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1));
  const block = (name: string, gate: number) => columns(matrixOf(built, named(name)), gate * UNITS, UNITS);
  return sequences.map((sequence) => {
    const order = [...sequence.keys()];
    if (prefix === "backward") order.reverse();
    let h: Matrix = [new Array<number>(UNITS).fill(0)];
    const states: (readonly number[])[] = [];
    for (const t of order) {
      const row: Matrix = [sequence[t] as readonly number[]];
      const gate: Gate = (kind, k, state) =>
        kind === "input"
          ? plus(times(row, block("kernel", k)), block("bias", k))
          : plus(
              times(state, block("recurrentKernel", k)),
              built.parameters.has(named("recurrentBias")) ? block("recurrentBias", k) : [[0, 0, 0]],
            );
      h = step(gate, h);
      states[t] = h[0] as readonly number[];
    }
    return states;
  });
}

/** Steps by their formulas; each call gives a step that starts with an empty memory. */
const formulas: [name: string, Layer, Record<string, unknown>, () => (gate: Gate, h: Matrix) => Matrix][] = [
  [
    "a SimpleRNN",
    simpleRnnLayer,
    {},
    () => (gate, h) => mapped(plus(gate("input", 0, h), gate("state", 0, h)), Math.tanh),
  ],
  [
    "a GRU with the reset after",
    gruLayer,
    { resetAfter: true },
    () => (gate, h) => {
      const [r, z] = [0, 1].map((k) => mapped(plus(gate("input", k, h), gate("state", k, h)), sigmoid)) as [
        Matrix,
        Matrix,
      ];
      const n = mapped(plus(gate("input", 2, h), product(r, gate("state", 2, h))), Math.tanh);
      return plus(
        product(
          mapped(z, (value) => 1 - value),
          n,
        ),
        product(z, h),
      );
    },
  ],
  [
    "a GRU with the reset before",
    gruLayer,
    { resetAfter: false },
    () => (gate, h) => {
      const [r, z] = [0, 1].map((k) => mapped(plus(gate("input", k, h), gate("state", k, h)), sigmoid)) as [
        Matrix,
        Matrix,
      ];
      const n = mapped(plus(gate("input", 2, h), gate("state", 2, product(r, h))), Math.tanh);
      return plus(
        product(
          mapped(z, (value) => 1 - value),
          n,
        ),
        product(z, h),
      );
    },
  ],
];

/** An LSTM's step has a cell beside the state, for each sequence anew. */
function lstmStep(): (gate: Gate, h: Matrix) => Matrix {
  let cell: Matrix = [];
  return (gate, h) => {
    if (at(h, 0, 0) === 0) cell = [new Array<number>(UNITS).fill(0)];
    const sums = [0, 1, 2, 3].map((k) => plus(gate("input", k, h), gate("state", k, h))) as Matrix[];
    const [i, f, o] = [0, 1, 3].map((k) => mapped(sums[k] as Matrix, sigmoid)) as [Matrix, Matrix, Matrix];
    cell = plus(product(f, cell), product(i, mapped(sums[2] as Matrix, Math.tanh)));
    return product(o, mapped(cell, Math.tanh));
  };
}
formulas.push(["an LSTM", lstmLayer, {}, lstmStep]);

function expectValues(actual: readonly number[] | undefined, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [k, value] of expected.entries()) expect(actual?.[k]).toBeCloseTo(value, 12);
}

describe.each(formulas)("%s", (_, layer, config, stepOf) => {
  const build = (more: Record<string, unknown>) => {
    const built = buildLayer(layer, { units: UNITS, ...config, ...more }, [x]);
    drawParameters(built);
    return built;
  };

  it("gives the states of its formula, all or the last", () => {
    const built = build({ returns: "sequence" });
    const states = statesOf(built, "", stepOf());
    expect(built.output.shape).toEqual([2, 4, UNITS]);
    expectValues(valuesOf(built, built.output)[0], states.flat(2));
    const last = build({ returns: "last" });
    expect(last.output.shape).toEqual([2, UNITS]);
    expectValues(
      valuesOf(last, last.output)[0],
      states.flatMap((state) => state[3] as number[]),
    );
  });

  it("reads backward with weights of its own where it is bidirectional, and puts the states side by side", () => {
    const built = build({ bidirectional: true, returns: "sequence" });
    const [forward, backward] = [statesOf(built, "", stepOf()), statesOf(built, "backward", stepOf())];
    expect(built.output.shape).toEqual([2, 4, 2 * UNITS]);
    const joined = forward.flatMap((states, b) =>
      states.flatMap((state, t) => [...state, ...((backward[b] as Matrix)[t] as number[])]),
    );
    expectValues(valuesOf(built, built.output)[0], joined);
    const last = build({ bidirectional: true, returns: "last" });
    // The backward direction has read everything when it comes to the first step.
    const ends = forward.flatMap((states, b) => [
      ...(states[3] as number[]),
      ...((backward[b] as Matrix)[0] as number[]),
    ]);
    expectValues(valuesOf(last, last.output)[0], ends);
  });

  it("has each gate's recurrent kernel orthogonal at first", () => {
    const built = buildLayer(layer, { units: UNITS, ...config }, [x]);
    const kernel = matrixOf(built, "recurrentKernel");
    for (let gate = 0; gate < (kernel[0]?.length as number) / UNITS; gate++) {
      const block = columns(kernel, gate * UNITS, UNITS);
      const transposed = block.map((_, j) => block.map((row) => row[j] as number));
      const square = times(transposed, block);
      for (let i = 0; i < UNITS; i++) {
        for (let j = 0; j < UNITS; j++) expect(at(square, i, j)).toBeCloseTo(i === j ? 1 : 0, 6);
      }
    }
  });

  it("refuses tokens, images and single vectors, with repairs that cure it", () => {
    const tokens = curedRefusal(layer, config, [constant(0, [2, 12], "i32")]);
    expect(tokens.text.en).toContain("12 tokens");
    expect(tokens.text.zh).toContain("12 的词元");
    expect(tokens.repairs).toEqual([{ kind: "insert", layer: "Embedding" }]);
    const image = curedRefusal(layer, config, [constant(0, [2, 28, 28, 3])]);
    expect(image.message).toContain('"layer"');
    expect(image.text.en).toContain("28×28×3");
    expect(image.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: [28, 84] } }]);
    const vector = curedRefusal(layer, config, [constant(0, [2, 64])]);
    expect(vector.text.en).toContain("set returns to sequence on the layer before");
    expect(vector.text.zh).toContain("sequence");
    expect(vector.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: [64, 1] } }]);
  });
});

describe("parameters of recurrent layers", () => {
  const names = (layer: Layer, config: Record<string, unknown>) => {
    const { parameters } = buildLayer(layer, { units: UNITS, ...config }, [x]);
    return Object.fromEntries([...parameters].map(([name, { shape }]) => [name, shape]));
  };

  it("have the shapes of PyTorch's, transposed", () => {
    expect(names(simpleRnnLayer, {})).toEqual({ kernel: [5, 3], recurrentKernel: [3, 3], bias: [3] });
    expect(names(gruLayer, {})).toEqual({
      kernel: [5, 9],
      recurrentKernel: [3, 9],
      bias: [9],
      recurrentBias: [9],
    });
    expect(names(gruLayer, { resetAfter: false })).toEqual({ kernel: [5, 9], recurrentKernel: [3, 9], bias: [9] });
    expect(names(lstmLayer, { bidirectional: true })).toEqual({
      kernel: [5, 12],
      recurrentKernel: [3, 12],
      bias: [12],
      backwardKernel: [5, 12],
      backwardRecurrentKernel: [3, 12],
      backwardBias: [12],
    });
  });

  it("start with an LSTM's forget gate at 1, unless told otherwise", () => {
    const bias = (config: Record<string, unknown>) => [
      ...parameterOf(buildLayer(lstmLayer, { units: UNITS, ...config }, [x]), "bias").data,
    ];
    expect(bias({})).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
    expect(bias({ unitForgetBias: false })).toEqual(new Array(12).fill(0));
  });

  it("start as the initializers say", () => {
    const built = buildLayer(lstmLayer, { units: UNITS, kernelInitializer: "ones", recurrentInitializer: "zeros" }, [
      x,
    ]);
    expect(new Set(parameterOf(built, "kernel").data)).toEqual(new Set([1]));
    expect(new Set(parameterOf(built, "recurrentKernel").data)).toEqual(new Set([0]));
  });
});
