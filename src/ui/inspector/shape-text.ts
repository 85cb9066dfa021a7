/** 11 × 11 × 64; one number without a shape is 1. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "1" : shape.join(" × ");
}
