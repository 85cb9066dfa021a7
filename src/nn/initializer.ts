import { standardNormal, threefry, unitInterval } from "../graph/random.ts";
import { type Shape, sizeOf } from "../graph/tensor.ts";

/**
 * Gives a parameter its first values. Computed in JavaScript from counter-based random numbers, so that they are the
 * same bits on every adapter, and do not depend on what other layers there are.
 */
export type Initializer = (shape: Shape, draw: Draw) => Float32Array<ArrayBuffer>;

/** Random numbers of one parameter, by position. */
export interface Draw {
  /** Of [0, 1). */
  uniform(position: number): number;
  /** Of mean 0 and variance 1. */
  normal(position: number): number;
}

/** The random numbers of a parameter: of the experiment's seed and the parameter's name. */
export function drawOf(seed: number, name: string): Draw {
  const stream = hash(name);
  return {
    uniform: (position) => unitInterval(threefry(seed, stream, position, 0)[0]),
    normal: (position) => standardNormal(...threefry(seed, stream, position, 0)),
  };
}

/** FNV-1a of the UTF-16 units: a number of 32 bits for a name, the same everywhere. */
export function hash(name: string): number {
  let value = 0x811c9dc5;
  for (let k = 0; k < name.length; k++) value = Math.imul(value ^ name.charCodeAt(k), 0x01000193) >>> 0;
  return value;
}

/** Every element the same. */
export function filled(value: number): Initializer {
  return (shape) => new Float32Array(sizeOf(shape)).fill(value);
}

export const zeros = filled(0);
export const ones = filled(1);
