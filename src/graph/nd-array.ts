import { type DType, type Shape, sizeOf } from "./tensor.ts";

/**
 * Values of a tensor in the reference interpreter, row-major. Float64 holds f32, i32 and u32 exactly,
 * so the references of all dtypes are written the same way.
 */
export class NdArray {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly data: Float64Array;

  constructor(shape: Shape, data: Float64Array | readonly number[], dtype: DType = "f32") {
    if (data.length !== sizeOf(shape)) {
      throw new RangeError(`${data.length} values do not fill the shape [${shape.join(", ")}]`);
    }
    this.shape = shape;
    this.dtype = dtype;
    this.data = data instanceof Float64Array ? data : Float64Array.from(data);
  }

  static zeros(shape: Shape, dtype: DType = "f32"): NdArray {
    return new NdArray(shape, new Float64Array(sizeOf(shape)), dtype);
  }

  /** The value at a flat row-major position. */
  at(position: number): number {
    return this.data[position] as number;
  }

  map(f: (value: number, position: number) => number, dtype: DType = this.dtype): NdArray {
    return new NdArray(this.shape, this.data.map(f), dtype);
  }
}
