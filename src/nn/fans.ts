import { type Shape, sizeOf } from "../graph/tensor.ts";

/** How many values go into an output of a parameter, and how many outputs a value goes to. */
export interface Fans {
  readonly in: number;
  readonly out: number;
}

/**
 * The fans of a parameter by its shape, as Keras counts them: (in, out) is a matrix; (…receptive, in, out) is a kernel,
 * each fan times the size of its receptive field; (n) has n of both; a scalar 1.
 */
export function fansOf(shape: Shape): Fans {
  const [columns = 1, rows = columns, ...receptive] = [...shape].reverse();
  const field = sizeOf(receptive);
  return { in: rows * field, out: columns * field };
}
