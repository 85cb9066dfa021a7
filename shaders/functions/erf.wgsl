// The error function: for |x| < 1 its Taylor series, beyond that by way of erfc.
fn erf(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  let z = abs(x);
  if (z < 1.0) { return x * erf_series(x * x); }
  return sign(x) * (1.0 - erfc_positive(z));
}

// 1 - erf(x), without cancellation for large x.
fn erfc(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  if (abs(x) < 0.5) { return 1.0 - x * erf_series(x * x); }
  if (x < 0.0) { return 2.0 - erfc_positive(-x); }
  return erfc_positive(x);
}

// erf(x) / x as a series in q = x², for q <= 1: 2/√π Σ (-q)ⁿ / (n! (2n + 1)).
fn erf_series(q: f32) -> f32 {
  var y = 1.3122532963802806e-8;
  y = y * -q + 1.4503852223150468e-7;
  y = y * -q + 1.4589169000933706e-6;
  y = y * -q + 1.3227513227513228e-5;
  y = y * -q + 1.0683760683760684e-4;
  y = y * -q + 7.575757575757576e-4;
  y = y * -q + 4.6296296296296294e-3;
  y = y * -q + 2.380952380952381e-2;
  y = y * -q + 0.1;
  y = y * -q + 0.3333333333333333;
  y = y * -q + 1.0;
  return 1.1283791670955126 * y;
}

// erfc(z) = t exp(-z²) P(t) with t = 1 / (1 + z/2), for 0.5 <= z: P is the Chebyshev fit of degree 9 on t of [0.15, 1],
// good to 2e-8.
fn erfc_positive(z: f32) -> f32 {
  let t = 1.0 / (1.0 + 0.5 * z);
  var p = 0.0154464246;
  p = p * t - 0.138722607;
  p = p * t + 0.461040788;
  p = p * t - 0.706877168;
  p = p * t + 0.446779586;
  p = p * t - 0.109197147;
  p = p * t + 0.228339106;
  p = p * t + 0.238243389;
  p = p * t + 0.282883511;
  p = p * t + 0.282064109;
  return t * p * exp_safe(-z * z);
}
