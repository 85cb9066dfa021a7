import { add } from "./ops/add.ts";
import { broadcastTo } from "./ops/broadcast.ts";
import { equal } from "./ops/equal.ts";
import { iota } from "./ops/iota.ts";
import { remainder } from "./ops/remainder.ts";
import { reshape } from "./ops/reshape.ts";
import { stack } from "./ops/stack.ts";
import { variable } from "./ops/variable.ts";
import { where } from "./ops/where.ts";
import type { Program } from "./program.ts";

/** Steps whose metrics the ring holds: the most steps of one submit. */
export const RING_STEPS = 256;
export const RING = "metrics ring";
export const RING_CURSOR = "metrics cursor";

/** Whether a variable is the engine's own: no program may have one of that name, and no state holds it. */
export function isReserved(name: string): boolean {
  return name === RING || name === RING_CURSOR;
}

/**
 * The program with its metrics written into a ring on the GPU, one row a step: as two more updates, so that the
 * compiler fuses and plans them like everything else.
 */
export function withMetricsRing(program: Program): Program {
  const metrics = Object.values(program.metrics ?? {});
  if (metrics.length === 0) return program;
  const shape = [RING_STEPS, metrics.length];
  const ring = variable(RING, shape);
  const cursor = variable(RING_CURSOR, [], "u32");
  const isThisStep = equal(iota([RING_STEPS, 1], "u32", 0), remainder(cursor, RING_STEPS));
  const row = reshape(stack(metrics), [1, metrics.length]);
  const written = where(broadcastTo(isThisStep, shape), broadcastTo(row, shape), ring);
  return { ...program, updates: [...(program.updates ?? []), [ring, written], [cursor, add(cursor, 1)]] };
}
