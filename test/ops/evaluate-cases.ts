import { DescentError } from "../../src/errors.ts";
import type { AdapterProfile } from "../../src/gpu/device.ts";
import type { NdArray } from "../../src/graph/nd-array.ts";
import type { CaseGraph } from "./case-graph.ts";
import type { Evaluate } from "./evaluate.ts";

/** Cases in one plan: their pipelines compile in parallel, and they share one submit. */
const CASES_A_PLAN = 25;

/** Values of a case as they came from the GPU. */
export interface Values {
  readonly outputs: NdArray[];
  readonly gradients: NdArray[];
}

/** Values, or why there are none. */
export type Outcome = Values | { readonly failure: string };

/** Runs cases many to a plan; where a plan fails, its halves are run, so that the message names the case. */
export async function evaluateCases(
  graphs: readonly CaseGraph[],
  evaluate: Evaluate,
  profile?: AdapterProfile,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let start = 0; start < graphs.length; start += CASES_A_PLAN) {
    outcomes.push(...(await evaluatePlan(graphs.slice(start, start + CASES_A_PLAN), evaluate, profile)));
  }
  return outcomes;
}

async function evaluatePlan(
  graphs: readonly CaseGraph[],
  evaluate: Evaluate,
  profile?: AdapterProfile,
): Promise<Outcome[]> {
  const tensors = graphs.flatMap(({ outputs, gradients }) => [...outputs, ...gradients.map(([, dx]) => dx)]);
  const feed = new Map(graphs.flatMap((graph) => [...graph.feed]));
  try {
    const values = await evaluate(tensors, feed, profile);
    return graphs.map(({ outputs, gradients }) => ({
      outputs: values.splice(0, outputs.length),
      gradients: values.splice(0, gradients.length),
    }));
  } catch (error) {
    if (error instanceof DescentError && (error.kind === "device-lost" || error.kind === "timeout")) throw error;
    if (graphs.length === 1) return [{ failure: `does not run: ${textOf(error)}` }];
    const middle = graphs.length >> 1;
    const first = await evaluatePlan(graphs.slice(0, middle), evaluate, profile);
    return [...first, ...(await evaluatePlan(graphs.slice(middle), evaluate, profile))];
  }
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
