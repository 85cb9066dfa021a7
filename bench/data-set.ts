import type { VariableAttrs } from "../src/graph/ops/variable.ts";
import type { Tensor } from "../src/graph/tensor.ts";
import type { Model } from "../test/models/model.ts";
import type { Network } from "./networks.ts";

/** The data set of a model with something in it to learn, by variable; `x` and `y` are its samples and labels. */
export interface DataSet {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly values: ReadonlyMap<Tensor, ArrayLike<number>>;
}

/** Pictures that are a pattern for each class under noise; or random texts whose next character is their last. */
export function dataSetOf({ data }: Network, { initial }: Model): DataSet {
  const named = (name: string) => [...initial.keys()].find((key) => nameOf(key) === name) as Tensor;
  const [x, y] = [named(data.x), named(data.y)];
  const [noise, labels] = [initial.get(x) as ArrayLike<number>, initial.get(y) as ArrayLike<number>];
  const size = noise.length / labels.length;
  if (x.dtype === "i32") {
    const last = Array.from(labels, (_, sample) => noise[size * sample + size - 1] as number);
    return {
      x,
      y,
      values: new Map([
        [x, noise],
        [y, last],
      ]),
    };
  }
  const pictures = Float32Array.from(noise, (value, k) => {
    const label = labels[Math.floor(k / size)] as number;
    const pattern = noise[label * size + (k % size)] as number; // the noise of sample `label`
    return 0.3 * value + 0.7 * pattern;
  });
  return {
    x,
    y,
    values: new Map([
      [x, pictures],
      [y, labels],
    ]),
  };
}

export function nameOf({ call }: Tensor): string {
  return (call.attrs as VariableAttrs).name;
}
