import { DescentError } from "../errors.ts";
import { NdArray } from "./nd-array.ts";
import { originOf } from "./op.ts";
import { type Call, sizeOf, type Tensor } from "./tensor.ts";
import { callsOf } from "./traverse.ts";

/** Values of sources that are not constants: variables and live values. */
export type Feed = ReadonlyMap<Tensor, NdArray>;

/** Runs a graph in float64 with each op's reference: slow, obvious, and what every kernel is tested against. */
export function interpret(tensors: readonly Tensor[], feed: Feed = new Map()): NdArray[] {
  return new Interpretation(tensors).evaluate(feed);
}

/** A call, and the tensors that nobody needs any more after it. */
interface Evaluation {
  readonly call: Call;
  readonly spent: readonly Tensor[];
}

/** A graph whose calls are put in order once, to be evaluated as often as wanted. */
export class Interpretation {
  readonly #roots: readonly Tensor[];
  readonly #evaluations: readonly Evaluation[];

  constructor(roots: readonly Tensor[]) {
    this.#roots = roots;
    const seen = new Set(roots);
    const evaluations: Evaluation[] = [];
    // From the end: where a tensor is met first is its last use.
    for (const call of callsOf(roots).reverse()) {
      const spent = [...new Set([...call.outputs, ...call.inputs])].filter((tensor) => !seen.has(tensor));
      for (const tensor of spent) seen.add(tensor);
      evaluations.push({ call, spent });
    }
    this.#evaluations = evaluations.reverse();
  }

  get calls(): Call[] {
    return this.#evaluations.map(({ call }) => call);
  }

  /** The most bytes that its values take at once, those of the roots included. */
  get peakBytes(): number {
    let [bytes, peak] = [0, 0];
    const total = (tensors: readonly Tensor[]) => tensors.reduce((sum, { shape }) => sum + 8 * sizeOf(shape), 0);
    for (const { call, spent } of this.#evaluations) {
      bytes += total(call.outputs);
      peak = Math.max(peak, bytes);
      bytes -= total(spent);
    }
    return peak;
  }

  /** The values of the roots; `feed` has those of all variables. */
  evaluate(feed: Feed): NdArray[] {
    const values = new Map<Tensor, NdArray>(feed);
    for (const { call, spent } of this.#evaluations) {
      if (!call.outputs.every((output) => values.has(output))) evaluateCall(call, values);
      for (const tensor of spent) values.delete(tensor);
    }
    return this.#roots.map((tensor) => values.get(tensor) as NdArray);
  }
}

function evaluateCall(call: Call, values: Map<Tensor, NdArray>): void {
  const inputs = call.inputs.map((input) => values.get(input) as NdArray);
  const result = call.op.reference(inputs, call.attrs);
  const results = result instanceof NdArray ? [result] : result;
  for (const [k, output] of call.outputs.entries()) {
    const value = results[k];
    if (value === undefined) throw new DescentError("graph", `its reference gives no output ${k}`, originOf(call));
    values.set(output, value);
  }
}
