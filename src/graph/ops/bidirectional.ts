import type { Tensor } from "../tensor.ts";
import { concat } from "./concat.ts";
import type { RecurrentStates } from "./recurrent-shapes.ts";

/**
 * Runs a recurrent layer forward and backward and joins what it gives: states (B, T, 2H) and last (B, 2H), forward
 * first. `run` builds either direction with its own weights:
 * `bidirectional((reverse) => lstm(x, reverse ? backward : forward, { reverse, lengths }))`.
 * The last state of the backward run is the one at each sample's first step. Throws "shape" where T differs.
 */
export function bidirectional(run: (reverse: boolean) => RecurrentStates): RecurrentStates {
  const [forward, backward] = [run(false), run(true)];
  const join = (a: Tensor, b: Tensor, axis: number) => concat([a, b], axis);
  return { states: join(forward.states, backward.states, 2), last: join(forward.last, backward.last, 1) };
}
