// Activations of recurrent cells, for four samples at once. Each takes one exp and cannot overflow; NaN stays NaN.

fn gate_sigmoid(x: vec4f) -> vec4f {
  return gate_keep_nan(1.0 / (1.0 + exp(-clamp(x, vec4f(-80.0), vec4f(80.0)))), x);
}

// 1 - tanh(10) is below float32's resolution.
fn gate_tanh(x: vec4f) -> vec4f {
  return gate_keep_nan(1.0 - 2.0 / (1.0 + exp(2.0 * clamp(x, vec4f(-10.0), vec4f(10.0)))), x);
}

fn gate_relu(x: vec4f) -> vec4f {
  return gate_keep_nan(max(x, vec4f(0.0)), x);
}

// The result, or NaN where x was: clamp and max may lose it, and only the bits tell reliably.
fn gate_keep_nan(result: vec4f, x: vec4f) -> vec4f {
  let nan = (bitcast<vec4u>(x) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
  return bitcast<vec4f>(select(bitcast<vec4u>(result), bitcast<vec4u>(x), nan));
}
