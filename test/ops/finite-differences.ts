import { NdArray } from "../../src/graph/nd-array.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { type CaseGraph, referenceOf } from "./case-graph.ts";
import type { Random } from "./row.ts";

/** Half the distance of the two evaluations, times max(1, |x|): near ∛ε of float64, where both errors are least. */
const STEP = 2 ** -18;
const RELATIVE = 1e-5;
const ABSOLUTE = 1e-6;
/** The slopes beside a place where L is smooth differ by a few steps times its curvature, far less than this share. */
const KINK = 1e-2;
/** Inputs up to this size are checked everywhere, larger ones at both ends and a seeded sample. */
const POSITIONS = 6;

/**
 * Compares the gradients of a case, computed in float64, with central differences of L = Σ y · r in the reference
 * interpreter. Gives a message for each position that is off.
 *
 * Where L has a kink or a jump within the step, there is no derivative to compare with; the gradient must then lie
 * between the slopes beside it, to the left and to the right, as every subgradient does. `smooth` says that L must be finite at
 * all positions, as it must in random cases; fixed cases may stand at the border of what is defined.
 */
export function checkFiniteDifferences(
  graph: CaseGraph,
  gradients: readonly NdArray[],
  random: Random,
  smooth: boolean,
): string[] {
  const failures: string[] = [];
  for (const [k, [input]] of graph.gradients.entries()) {
    const dx = gradients[k] as NdArray;
    const x = graph.drawn.inputs[input] as NdArray;
    for (const position of samplePositions(x.data.length, random)) {
      const problem = checkPosition(graph, input, x, position, dx.at(position), smooth);
      if (problem !== undefined) failures.push(`${graph.label}: input ${input} at position ${position}: ${problem}`);
    }
  }
  return failures;
}

function samplePositions(size: number, random: Random): number[] {
  if (size <= POSITIONS) return Array.from({ length: size }, (_, k) => k);
  const inner = Array.from({ length: POSITIONS - 2 }, () => random.integer(1, size - 2));
  return [0, ...new Set(inner), size - 1];
}

function checkPosition(
  graph: CaseGraph,
  input: number,
  x: NdArray,
  position: number,
  dx: number,
  smooth: boolean,
): string | undefined {
  const value = x.at(position);
  const step = STEP * Math.max(1, Math.abs(value));
  const outputsAt = (moved: number) => {
    const data = x.data.slice();
    data[position] = moved;
    const feed = new Map(graph.feed).set(graph.inputs[input] as Tensor, new NdArray(x.shape, data, x.dtype));
    return referenceOf(graph, feed);
  };
  const slope = (from: readonly NdArray[], to: readonly NdArray[], distance: number) =>
    weightedDifference(graph, from, to) / distance;

  const [low, high] = [outputsAt(value - step), outputsAt(value + step)];
  const central = slope(low, high, value + step - (value - step));
  if (!Number.isFinite(central)) {
    return smooth ? `the finite difference is ${central}; draw where the op is defined and finite` : undefined;
  }
  const bound = ABSOLUTE + RELATIVE * Math.max(Math.abs(central), Math.abs(dx));
  if (Math.abs(central - dx) <= bound) return undefined;

  const left = slope(outputsAt(value - 2 * step), low, step);
  const right = slope(high, outputsAt(value + 2 * step), step);
  const scale = KINK * Math.max(1, Math.abs(left), Math.abs(right));
  const isKink = Math.abs(right - left) > scale || Math.abs(central - (left + right) / 2) > scale;
  const beside = ABSOLUTE + RELATIVE * Math.max(Math.abs(left), Math.abs(right), Math.abs(dx));
  const isSubgradient = dx >= Math.min(left, right) - beside && dx <= Math.max(left, right) + beside;
  if (isKink && isSubgradient) return undefined;
  return `gradient ${dx}, finite difference ${central}`;
}

/** Σ (to − from) · r: elements that do not move drop out exactly, so that large outputs add no noise. */
function weightedDifference(graph: CaseGraph, from: readonly NdArray[], to: readonly NdArray[]): number {
  let sum = 0;
  for (const [output, weight] of graph.weights) {
    const r = graph.feed.get(weight) as NdArray;
    const [start, end] = [from[output] as NdArray, to[output] as NdArray];
    for (const [position, value] of end.data.entries()) {
      if (value !== start.at(position)) sum += (value - start.at(position)) * r.at(position);
    }
  }
  return sum;
}
