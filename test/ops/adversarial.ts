import { NdArray } from "../../src/graph/nd-array.ts";
import { callsOf } from "../../src/graph/traverse.ts";
import { buildCase, type CaseGraph } from "./case-graph.ts";
import type { Case, OpRow, Random } from "./row.ts";

/** Values at which kernels go wrong: signed zeros, overflow inside, subnormals, no numbers; some plain ones beside. */
export const ADVERSARIAL_VALUES: readonly number[] = [
  0,
  0.5,
  1,
  2.5,
  44,
  100,
  1e38,
  1e-40,
  1e-45,
  Number.POSITIVE_INFINITY,
]
  .flatMap((value) => [Math.fround(value), Math.fround(-value)])
  .concat(Number.NaN);

/** So many differently built graphs of one row are tried; rows that draw their attributes have many. */
const MOST = 12;

/**
 * The adversarial cases of a row: each differently built graph among its drawn cases, with every combination of the
 * adversarial values as inputs.
 */
export function adversarialCases(row: OpRow, cases: readonly Case[], random: Random): CaseGraph[] {
  const graphs = new Map<string, CaseGraph>();
  for (const drawn of cases) {
    const inputs = combinations(drawn.inputs);
    const label = `adversarial values, built as for ${drawn.label}`;
    const graph = buildCase({ label, inputs, build: drawn.build }, { none: "adversarial" }, random);
    const key = JSON.stringify(
      callsOf(graph.outputs).map(({ op, attrs }) => (isSource(op.name) ? "" : [op.name, attrs])),
    );
    if (!graphs.has(key)) graphs.set(key, graph);
    if (graphs.size === MOST) break;
  }
  if (graphs.size === 0) throw new Error(`row "${row.name}" draws no cases to try adversarial values with`);
  return [...graphs.values()];
}

/** The same inputs with subnormals flushed to zero, as WGSL allows at any place. */
export function flushSubnormals(value: NdArray): NdArray {
  if (value.dtype !== "f32") return value;
  return value.map((x) => (Math.abs(x) < 2 ** -126 ? x * 0 : x));
}

/** Every combination: with n values each, input k repeats its values in runs of n^k elements. */
function combinations(inputs: readonly NdArray[]): NdArray[] {
  const choices = inputs.map(({ dtype }) => (dtype === "f32" ? ADVERSARIAL_VALUES : [0, 1]));
  const size = choices.reduce((product, values) => product * values.length, 1);
  let run = 1;
  return inputs.map(({ dtype }, k) => {
    const values = choices[k] as readonly number[];
    const length = run;
    run *= values.length;
    const data = Float64Array.from(
      { length: size },
      (_, i) => values[Math.floor(i / length) % values.length] as number,
    );
    return new NdArray([size], data, dtype);
  });
}

function isSource(name: string): boolean {
  return name === "variable";
}
