import { NdArray } from "../nd-array.ts";
import { refuse } from "../op.ts";
import { formatShape, type Shape, sizeOf, type TensorType } from "../tensor.ts";
import { broadcastPositions, broadcastShapes } from "./broadcasting.ts";
import { type MatmulAttrs, matrixSizes } from "./matmul-problem.ts";

/** The type of op(a) · op(b), f32 (…, M, N), or a refusal. */
export function productType(a: TensorType, b: TensorType, attrs: MatmulAttrs): TensorType {
  for (const [name, { shape, dtype }] of Object.entries({ a, b })) {
    if (dtype !== "f32") refuse(`${name} is ${dtype}; matmul multiplies f32, cast it`);
    if (shape.length < 2) {
      refuse(
        `${name} is ${formatShape(shape)}, not a matrix; reshape it to ${name === "a" ? "one row, 1×K" : "one column, K×1"}`,
      );
    }
  }
  const { m, n, k, kOfB } = matrixSizes(a.shape, b.shape, attrs);
  if (k !== kOfB) {
    const transposed = (is: boolean) => (is ? " transposed" : "");
    refuse(
      `${formatShape(a.shape)}${transposed(attrs.transposeA)} times ${formatShape(b.shape)}${transposed(attrs.transposeB)}: ` +
        `the inner sizes ${k} and ${kOfB} differ; make them equal, or set transposeA or transposeB`,
    );
  }
  return { shape: [...broadcastShapes(batchOf(a.shape), batchOf(b.shape)), m, n], dtype: "f32" };
}

/** op(a) · op(b) in float64, summed over k in [first, end). */
export function product(
  a: NdArray,
  b: NdArray,
  attrs: MatmulAttrs,
  first = 0,
  end = Number.POSITIVE_INFINITY,
): NdArray {
  const { m, n, k } = matrixSizes(a.shape, b.shape, attrs);
  const { shape } = productType(a, b, attrs);
  const y = NdArray.zeros(shape);
  const aMatrices = broadcastPositions(batchOf(a.shape), batchOf(shape));
  const bMatrices = broadcastPositions(batchOf(b.shape), batchOf(shape));
  for (let matrix = 0; matrix < sizeOf(batchOf(shape)); matrix++) {
    const aFirst = (aMatrices[matrix] as number) * m * k;
    const bFirst = (bMatrices[matrix] as number) * k * n;
    for (let row = 0; row < m; row++) {
      for (let column = 0; column < n; column++) {
        let sum = 0;
        for (let i = first; i < Math.min(k, end); i++) {
          const aAt = attrs.transposeA ? i * m + row : row * k + i;
          const bAt = attrs.transposeB ? column * k + i : i * n + column;
          sum += a.at(aFirst + aAt) * b.at(bFirst + bAt);
        }
        y.data[(matrix * m + row) * n + column] = sum;
      }
    }
  }
  return y;
}

/** The dimensions before those of the matrix. */
export function batchOf(shape: Shape): Shape {
  return shape.slice(0, -2);
}
