import { DescentError } from "../errors.ts";
import { formatShape, type Shape, sameShape, sizeOf } from "../graph/tensor.ts";
import type { Model } from "../nn/model.ts";

/** Values of parameters and statistics, by name: "conv_1.kernel". */
export type Weights = ReadonlyMap<string, Weight>;

export interface Weight {
  readonly shape: Shape;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Throws "data" where a name or shape is not the model's, or a value is no finite number. */
export function checkWeights(weights: Weights, { parameters, statistics }: Model): void {
  const known = new Map([...parameters, ...statistics].map(({ name, tensor }) => [name, tensor.shape]));
  for (const [name, { shape, values }] of weights) {
    const expected = known.get(name);
    if (expected === undefined) {
      const cure = `the model has ${[...known.keys()].join(", ")}: take weights of this very model`;
      throw new DescentError("data", `the weights have "${name}"; ${cure}`);
    }
    if (!sameShape(shape, expected)) {
      const shapes = `${formatShape(shape)}; the model's is ${formatShape(expected)}`;
      throw new DescentError("data", `"${name}" is of shape ${shapes}: take weights of this very model`);
    }
    if (values.length !== sizeOf(shape)) {
      const counts = `${formatShape(shape)}, ${sizeOf(shape)} values; ${values.length} are given`;
      throw new DescentError("data", `"${name}" is of shape ${counts}: give as many as the shape has`);
    }
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad !== -1) {
      const cure = "take weights of a run that has not diverged";
      throw new DescentError("data", `"${name}" has ${values[bad]} as value ${bad}, which is not finite: ${cure}`);
    }
  }
}
