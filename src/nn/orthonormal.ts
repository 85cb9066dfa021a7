import type { Draw } from "./initializer.ts";

/**
 * Orthonormal vectors, at most as many as they are long: the columns of Q in the QR decomposition of a normal matrix.
 * Gram and Schmidt's method gives R a positive diagonal, which makes Q uniform among all such matrices and is the sign
 * that Householder's method has to correct (Mezzadri, "How to generate random matrices from the classical compact
 * groups", 2007). Each vector is projected twice: once loses orthogonality where a vector nearly lies in the span of
 * those before it.
 */
export function orthonormal(count: number, length: number, draw: Draw, offset: number): Float64Array[] {
  const vectors: Float64Array[] = [];
  for (let k = 0; k < count; k++) {
    const vector = Float64Array.from({ length }, (_, i) => draw.normal(offset + k * length + i));
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) addScaled(vector, other, -dot(vector, other));
    }
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / norm));
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addScaled(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + factor * (b[i] as number);
}
