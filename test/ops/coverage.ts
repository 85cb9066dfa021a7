import type { AdapterProfile } from "../../src/gpu/device.ts";
import type { Op } from "../../src/graph/op.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { buildCase } from "./case-graph.ts";
import { createRandom } from "./random.ts";
import type { OpRow } from "./row.ts";
import { casesOf } from "./trial.ts";
import { loweredCalls } from "./variants.ts";

type Exclusions = Readonly<Record<string, string>>;

/** What is wrong with the table as a whole: messages, none where every op is covered. */
export function checkCoverage(ops: readonly Op[], rows: readonly OpRow[], exclusions: Exclusions): string[] {
  const known = new Set(ops.map(({ name }) => name));
  const covered = new Set(rows.flatMap((row) => row.ops));
  const uncovered = [...known].filter((name) => !covered.has(name) && !(name in exclusions));
  const unknown = rows.flatMap((row) =>
    row.ops.filter((name) => !known.has(name)).map((name) => `row "${row.name}" stands for "${name}", which is no op`),
  );
  const stale = Object.keys(exclusions).flatMap((name) => {
    if (!known.has(name)) return [`the exclusion of "${name}" is stale: there is no such op`];
    if (covered.has(name)) return [`the exclusion of "${name}" is stale: a row stands for it`];
    return (exclusions[name] as string).length > 10 ? [] : [`the exclusion of "${name}" gives no reason`];
  });
  return [...uncovered.map((name) => `op "${name}" has neither a row nor an exclusion`), ...unknown, ...stale];
}

/** Promised names that neither an op of a row nor the first word of a row's name answers. */
export function missingPromises(promised: readonly string[], rows: readonly OpRow[]): string[] {
  const answered = new Set(rows.flatMap((row) => [...row.ops, row.name.split(" ")[0] as string]));
  return promised.filter((name) => !answered.has(name));
}

/**
 * How many random cases of the rows that stand for an op have it in their graph: forward, gradient, or what an op of
 * theirs is lowered to on one of the adapters.
 */
export function casesPerOp(rows: readonly OpRow[], adapters: readonly AdapterProfile[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const random = createRandom(row.name);
    for (const name of row.ops) counts.set(name, counts.get(name) ?? 0);
    for (const drawn of casesOf(row).drawn) {
      const { outputs, gradients } = buildCase(drawn, row.gradient, random);
      const found = opNames([...outputs, ...gradients.map(([, dx]) => dx)], adapters);
      for (const name of row.ops) {
        if (found.has(name)) counts.set(name, (counts.get(name) as number) + 1);
      }
    }
  }
  return counts;
}

/** The sizes that every op must meet in some dimension of its inputs or outputs. */
const SIZES: Readonly<Record<string, (size: number) => boolean>> = {
  "0": (size) => size === 0,
  "1": (size) => size === 1,
  odd: (size) => size > 1 && size % 2 === 1,
  "round 64": (size) => size >= 60 && size <= 68,
  "round 256": (size) => size >= 250 && size <= 260,
};

/** Kinds of size that no case of an op's rows has: `attention: round 256`. */
export function missingSizes(rows: readonly OpRow[]): string[] {
  const found = new Map<string, Set<number>>();
  for (const row of rows) {
    const random = createRandom(row.name);
    const { fixed, drawn } = casesOf(row);
    const shapes = [...fixed, ...drawn].flatMap((each) => {
      const { inputs, outputs } = buildCase(each, { none: "shapes only" }, random);
      return [...inputs, ...outputs].map(({ shape }) => shape);
    });
    for (const name of row.ops) found.set(name, new Set([...(found.get(name) ?? []), ...shapes.flat()]));
  }
  return [...found].flatMap(([name, sizes]) =>
    Object.entries(SIZES).flatMap(([kind, is]) => ([...sizes].some(is) ? [] : [`${name}: ${kind}`])),
  );
}

/** Names of all ops in a graph and in the graphs its calls are lowered to. */
export function opNames(tensors: readonly Tensor[], adapters: readonly AdapterProfile[]): Set<string> {
  return new Set(adapters.flatMap((adapter) => loweredCalls(tensors, adapter).map((call) => call.op.name)));
}
