import type { AdapterProfile } from "../../src/gpu/device.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import type { NdArray } from "../../src/graph/nd-array.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { adversarialCases, flushSubnormals } from "./adversarial.ts";
import { buildCase, type CaseGraph, referenceOf } from "./case-graph.ts";
import { isClose, isRelativelyClose, mismatch } from "./compare.ts";
import type { Evaluate } from "./evaluate.ts";
import { evaluateCases, type Outcome, textOf, type Values } from "./evaluate-cases.ts";
import { checkFiniteDifferences } from "./finite-differences.ts";
import { createRandom } from "./random.ts";
import type { Case, OpRow, Tolerance } from "./row.ts";
import { casesOfOtherVariants, dependsOnAdapter } from "./variants.ts";

export const RANDOM_CASES = 50;
/** engine.md: GPU gradients against the reference's. */
const GRADIENT_RTOL = 1e-3;
const GRADIENT_ATOL = 1e-4;

/** What a row says of its op, tried out. Each method gives messages of what is wrong, none where all is well. */
export interface Trial {
  /** GPU values of all cases against the reference. */
  forward(): Promise<string[]>;
  /** GPU values of the adversarial set. */
  adversarial(): Promise<string[]>;
  /** The reference's gradient against finite differences of the reference. */
  finiteDifferences(): string[];
  /** GPU gradients against the reference's. */
  gradients(): Promise<string[]>;
  /** GPU values and gradients with the kernel variants that only another kind of adapter would choose. */
  otherVariants(own: AdapterProfile, other: AdapterProfile): Promise<string[]>;
}

/** The cases of a row: the fixed ones first, then the random ones. The same at every run. */
export function casesOf(row: OpRow): { fixed: Case[]; drawn: Case[] } {
  const random = createRandom(row.name);
  const drawn = Array.from({ length: row.cases ?? RANDOM_CASES }, () => row.draw(random));
  return { fixed: [...(row.always?.(random) ?? [])], drawn };
}

/** Whether a row's kernels may depend on the adapter, as its first case tells; also where that cannot be built. */
export function hasVariants(row: OpRow): boolean {
  const random = createRandom(row.name);
  try {
    const { outputs, gradients } = buildCase(row.draw(random), row.gradient, random);
    return dependsOnAdapter([...outputs, ...gradients.map(([, dx]) => dx)]);
  } catch {
    return true; // the trial says what is wrong
  }
}

/** Sets a row up for its trial. Everything is computed when first asked for, forward and gradient in the same plan. */
export function createTrial(row: OpRow, evaluate: Evaluate): Trial {
  const cases = once(() => casesOf(row));
  const graphs = once(() => {
    const random = createRandom(`${row.name} weights`);
    const { fixed, drawn } = cases();
    return [...fixed, ...drawn].map((each) => buildLabelled(row, each, random));
  });
  const outcomes = once(() => evaluateCases(graphs(), evaluate));
  const referenceGradients = once(() =>
    graphs().map(({ gradients, feed }) =>
      interpret(
        gradients.map(([, dx]) => dx),
        feed,
      ),
    ),
  );
  const forwardOf = ({ outputs }: Values, graph: CaseGraph) =>
    compareOutputs(outputs, graph, closeness(row, graph.drawn));
  const gradientsOf = ({ gradients }: Values, graph: CaseGraph) =>
    compareGradients(gradients, graph, referenceGradients()[graphs().indexOf(graph)] as NdArray[]);

  return {
    async forward() {
      return compareCases(graphs(), await outcomes(), forwardOf);
    },

    async otherVariants(own, other) {
      const chosen = casesOfOtherVariants(graphs(), own, other);
      return compareCases(chosen, await evaluateCases(chosen, evaluate, other), (values, graph) => [
        ...forwardOf(values, graph),
        ...gradientsOf(values, graph),
      ]);
    },

    async adversarial() {
      const { fixed, drawn } = cases();
      const found = adversarialCases(row, [...drawn, ...fixed], createRandom(row.name));
      const results = await evaluateCases(found, evaluate);
      return compareCases(found, results, ({ outputs }, graph) => {
        const isNear = row.adversarial === "class" ? sameClass : closeness(row, graph.drawn);
        return compareOutputs(outputs, graph, isNear, flushedFeed(graph.feed));
      });
    },

    finiteDifferences() {
      const random = createRandom(`${row.name} positions`);
      const fixed = cases().fixed.length;
      return graphs().flatMap((graph, k) =>
        checkFiniteDifferences(graph, referenceGradients()[k] as NdArray[], random, k >= fixed),
      );
    },

    async gradients() {
      return compareCases(graphs(), await outcomes(), gradientsOf);
    },
  };
}

function buildLabelled(row: OpRow, drawn: Case, random: ReturnType<typeof createRandom>): CaseGraph {
  try {
    return buildCase(drawn, row.gradient, random);
  } catch (error) {
    throw new Error(`${row.name}, case ${drawn.label}: its graph cannot be built: ${textOf(error)}`, { cause: error });
  }
}

function closeness(row: OpRow, drawn: Case): (actual: number, expected: number) => boolean {
  const tolerance: Tolerance = typeof row.tolerance === "function" ? row.tolerance(drawn) : row.tolerance;
  return (actual, expected) => isClose(actual, expected, tolerance);
}

/** NaN, +Inf, −Inf or a finite number. */
function sameClass(actual: number, expected: number): boolean {
  const rounded = Math.fround(expected);
  return Number.isFinite(actual) ? Number.isFinite(rounded) : Object.is(actual, rounded);
}

function flushedFeed(feed: CaseGraph["feed"]): Map<Tensor, NdArray> {
  return new Map([...feed].map(([tensor, value]) => [tensor, flushSubnormals(value)]));
}

function compareOutputs(
  outputs: readonly NdArray[],
  graph: CaseGraph,
  close: (actual: number, expected: number) => boolean,
  flushed?: CaseGraph["feed"],
): string[] {
  const expected = referenceOf(graph);
  const alternative = flushed === undefined ? expected : referenceOf(graph, flushed);
  return outputs.flatMap((output, k) => {
    const found = mismatch(output, expected[k] as NdArray, close, alternative[k] as NdArray);
    if (found === undefined) return [];
    return [outputs.length === 1 ? found : `output ${k} ${found}`];
  });
}

function compareGradients(gradients: readonly NdArray[], graph: CaseGraph, expected: readonly NdArray[]): string[] {
  return graph.gradients.flatMap(([input], k) => {
    const close = (a: number, b: number) => isRelativelyClose(a, b, GRADIENT_RTOL, GRADIENT_ATOL);
    const found = mismatch(gradients[k] as NdArray, expected[k] as NdArray, close);
    return found === undefined ? [] : [`gradient of input ${input} ${found}`];
  });
}

function compareCases(
  graphs: readonly CaseGraph[],
  outcomes: readonly Outcome[],
  compare: (values: Values, graph: CaseGraph) => string[],
): string[] {
  return graphs.flatMap((graph, k) => {
    const outcome = outcomes[k] as Outcome;
    const found = "failure" in outcome ? [outcome.failure] : compare(outcome, graph);
    return found.map((message) => `${graph.label}: ${message}`);
  });
}

function once<T>(compute: () => T): () => T {
  let value: { readonly result: T } | undefined;
  return () => {
    value ??= { result: compute() };
    return value.result;
  };
}
