// Functions of single numbers that keep NaN and the infinities as IEEE 754 has them. Drivers may assume that neither
// occurs (`v != v` can be folded to false, `max(NaN, 0)` may be 0), so NaN is looked for in the bits.

fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn is_infinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) == 0x7f800000u;
}

// Through a variable, because WGSL refuses constant expressions that are infinite or NaN.
fn infinity() -> f32 {
  var bits = 0x7f800000u;
  return bitcast<f32>(bits);
}

fn negative_infinity() -> f32 {
  var bits = 0xff800000u;
  return bitcast<f32>(bits);
}

fn nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

// The larger; NaN where either is NaN.
fn max_nan(a: f32, b: f32) -> f32 {
  if (is_nan(a)) { return a; }
  if (is_nan(b)) { return b; }
  return max(a, b);
}

// The smaller; NaN where either is NaN.
fn min_nan(a: f32, b: f32) -> f32 {
  if (is_nan(a)) { return a; }
  if (is_nan(b)) { return b; }
  return min(a, b);
}

// Quotient rounded towards zero; a where b is 0.
fn divide_i32(a: i32, b: i32) -> i32 {
  return a / b;
}

fn divide_u32(a: u32, b: u32) -> u32 {
  return a / b;
}

// Rounded towards zero, clamped to the range; 0 for NaN.
fn i32_of_f32(x: f32) -> i32 {
  if (is_nan(x)) { return 0i; }
  if (x >= 2147483648.0) { return 2147483647i; }
  if (x <= -2147483648.0) { return -2147483647i - 1i; }
  return i32(x);
}

fn u32_of_f32(x: f32) -> u32 {
  if (is_nan(x) || x <= 0.0) { return 0u; }
  if (x >= 4294967296.0) { return 4294967295u; }
  return u32(x);
}

// log(x), by a series about 1, where the built-in has only an absolute bound of accuracy, and from the bits of
// subnormal numbers, for which it may give anything.
fn log_safe(x: f32) -> f32 {
  let bits = bitcast<u32>(x);
  if (is_nan(x)) { return x; }
  if (bits == 0x7f800000u) { return x; }
  if ((bits << 1u) == 0u) { return negative_infinity(); }
  if (bits > 0x80000000u) { return nan(); }
  if (bits < 0x00800000u) { return log(f32(bits)) - 103.27893; }
  if (abs(x - 1.0) < 0.34) { return log1p_series(x - 1.0); }
  return log(x);
}

// log(1 + x) = 2 artanh(x / (2 + x)), for |x| below about 0.5.
fn log1p_series(x: f32) -> f32 {
  let s = x / (2.0 + x);
  let q = s * s;
  return 2.0 * s * (1.0 + q * (0.33333333 + q * (0.2 + q * (0.14285714 + q * (0.11111111 + q * 0.09090909)))));
}

// exp(x) = 2ᵏ exp(r) with |r| < 0.35, good to 2 ULP: the built-in's error grows with |x|, and it may give infinity for
// NaN. k ln 2 is taken off in two parts, the first exact in few bits (Cody and Waite).
fn exp_safe(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  let bounded = clamp(x, -150.0, 100.0);
  let k = round(bounded * 1.442695);
  let r = (bounded - k * 0.693359375) + k * 2.1219444e-4;
  var y = 1.9841270e-4;
  y = y * r + 1.3888889e-3;
  y = y * r + 8.3333333e-3;
  y = y * r + 4.1666667e-2;
  y = y * r + 0.16666667;
  y = y * r + 0.5;
  y = y * r + 1.0;
  y = y * r + 1.0;
  // Two factors, because 2ᵏ alone may be infinite or subnormal where the result is not.
  let half = i32(k) / 2i;
  return y * power_of_two(half) * power_of_two(i32(k) - half);
}

// 2ᵏ for k of [-126, 127].
fn power_of_two(k: i32) -> f32 {
  return bitcast<f32>(u32(k + 127i) << 23u);
}

// log(1 + x), by the series where 1 + x would lose digits.
fn log1p(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  if (abs(x) < 0.34) { return log1p_series(x); }
  return log_safe(1.0 + x);
}

// exp(x) - 1, by its Taylor series where the difference would lose digits.
fn expm1(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  if (abs(x) < 0.5) {
    var y = 2.4801587e-5;
    y = y * x + 1.9841270e-4;
    y = y * x + 1.3888889e-3;
    y = y * x + 8.3333333e-3;
    y = y * x + 4.1666667e-2;
    y = y * x + 0.16666667;
    y = y * x + 0.5;
    y = y * x + 1.0;
    return y * x;
  }
  return exp_safe(x) - 1.0;
}

// The built-in overflows to NaN for large arguments. tanh(x) = e / (e + 2) with e = exp(2x) - 1.
fn tanh_safe(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  let e = expm1(2.0 * clamp(x, -10.0, 10.0));
  return e / (e + 2.0);
}

fn sigmoid(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  return 1.0 / (1.0 + exp_safe(-x));
}

// log(1 + exp(x)).
fn softplus(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  return max(x, 0.0) + log1p(exp_safe(-abs(x)));
}

// x tanh(log(1 + exp(x))), with tanh(log(1 + e)) = e (e + 2) / (e (e + 2) + 2); for x > 0 divided through by e².
fn mish(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  let e = exp_safe(-abs(x));
  let positive = (1.0 + 2.0 * e) / (1.0 + 2.0 * e + 2.0 * e * e);
  let negative = e * (e + 2.0) / (e * (e + 2.0) + 2.0);
  return x * select(negative, positive, x > 0.0);
}

fn sign_nan(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  return sign(x);
}

fn clamp_nan(x: f32, low: f32, high: f32) -> f32 {
  if (is_nan(x)) { return x; }
  return min(max(x, low), high);
}

// WGSL leaves the square root of negative numbers open.
fn sqrt_safe(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  if (x < 0.0) { return nan(); }
  return sqrt(x);
}

fn rsqrt_safe(x: f32) -> f32 {
  if (is_nan(x)) { return x; }
  if (x < 0.0) { return nan(); }
  if (x == 0.0) { return 1.0 / x; }
  return inverseSqrt(x);
}

// sin and cos by polynomials on [-π/4, π/4]: the built-ins are good to 1e-3 only. Good to 1e-7 for |x| < 1e5, and
// bounded for the rest, where float32 angles are far apart.
fn sin_reduced(x: f32) -> f32 {
  return sin_of_quadrant(x, 0);
}

fn cos_reduced(x: f32) -> f32 {
  return sin_of_quadrant(x, 1);
}

// sin(x + quadrants · π/2). π/2 is taken off in three parts, the first two exact in few bits (Cody and Waite).
fn sin_of_quadrant(x: f32, quadrants: i32) -> f32 {
  if (is_nan(x) || is_infinite(x)) { return nan(); }
  let turns = round(x * 0.63661977);
  let r = ((x - turns * 1.5703125) - turns * 4.837512969970703e-4) - turns * 7.549789954891883e-8;
  let bounded = clamp(r, -0.8, 0.8);
  let q = bounded * bounded;
  let s = bounded + bounded * q * (-0.16666667 + q * (8.3333333e-3 + q * (-1.9841270e-4 + q * 2.7557319e-6)));
  let c = 1.0 + q * (-0.5 + q * (4.1666667e-2 + q * (-1.3888889e-3 + q * 2.4801587e-5)));
  let quadrant = (i32(clamp(turns, -1e9, 1e9)) + quadrants) & 3i;
  let y = select(s, c, (quadrant & 1i) == 1i);
  return select(y, -y, quadrant >= 2i);
}

// a to the power b. The built-in is for a > 0 only.
fn power(a: f32, b: f32) -> f32 {
  if (b == 0.0 || a == 1.0) { return 1.0; }
  if (is_nan(a) || is_nan(b)) { return nan(); }
  let magnitude = power_of_positive(abs(a), b);
  let negative = (bitcast<u32>(a) >> 31u) == 1u;
  if (!negative) { return magnitude; }
  let whole = is_infinite(b) || b == floor(b);
  // From 2²⁴ on all floats are even.
  let odd = whole && abs(b) < 16777216.0 && (i32(b) & 1i) == 1i;
  if (odd) { return -magnitude; }
  if (!whole && a != 0.0 && !is_infinite(a)) { return nan(); }
  return magnitude;
}

fn power_of_positive(a: f32, b: f32) -> f32 {
  if (a == 1.0) { return 1.0; }
  let grows = (a > 1.0) == (b > 0.0);
  if (a == 0.0 || is_infinite(a) || is_infinite(b)) { return select(0.0, infinity(), grows); }
  return pow(a, b);
}

// The remainder with the sign of the divisor; 0 where the divisor is 0.
fn remainder_i32(a: i32, b: i32) -> i32 {
  if (b == 0i) { return 0i; }
  let r = a % b;
  return select(r, r + b, r != 0i && (r < 0i) != (b < 0i));
}

fn remainder_u32(a: u32, b: u32) -> u32 {
  if (b == 0u) { return 0u; }
  return a % b;
}
