/**
 * erf(x) in float64: the series 2/√π · exp(-x²) · Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!!, whose terms are all positive, and 1 beyond 6.
 * Source: Abramowitz and Stegun 7.1.6.
 */
export function errorFunction(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) > 6) return Math.sign(x);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * positiveSeries(x);
}

/** erfc(x) = 1 - erf(x) in float64, without cancellation for large x: there by the continued fraction 7.1.14. */
export function complementaryErrorFunction(x: number): number {
  if (!(x > 2.5)) return 1 - errorFunction(x);
  if (x > 30) return 0;
  let fraction = 0;
  for (let k = 120; k >= 1; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

function positiveSeries(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(total); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return total;
}
