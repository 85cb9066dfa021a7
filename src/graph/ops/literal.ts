/** A number as a WGSL literal of type f32. WGSL has none for infinities and NaN: there it calls a function. */
export function floatLiteral(value: number): string {
  const rounded = Math.fround(value);
  if (Number.isNaN(rounded)) return "nan()";
  if (!Number.isFinite(rounded)) return rounded > 0 ? "infinity()" : "negative_infinity()";
  return rounded < 0 || Object.is(rounded, -0) ? `(-${-rounded}f)` : `${rounded}f`;
}
