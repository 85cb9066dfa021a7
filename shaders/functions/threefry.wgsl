// Threefry-2x32 with 20 rounds: a counter-based generator. Equal keys and counters give equal bits on every adapter.
// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).

fn threefry(key: vec2u, counter: vec2u) -> vec2u {
  var schedule = vec3u(key.y, key.x ^ key.y ^ 0x1bd11bdau, key.x);
  var x = counter + key;
  for (var group = 1u; group <= 5u; group++) {
    x = threefry_rounds(x, select(vec4u(17u, 29u, 16u, 24u), vec4u(13u, 15u, 26u, 6u), group % 2u == 1u));
    x += vec2u(schedule.x, schedule.y + group);
    schedule = schedule.yzx;
  }
  return x;
}

fn threefry_rounds(start: vec2u, rotations: vec4u) -> vec2u {
  var x = start;
  x.x += x.y;
  x.y = ((x.y << rotations.x) | (x.y >> (32u - rotations.x))) ^ x.x;
  x.x += x.y;
  x.y = ((x.y << rotations.y) | (x.y >> (32u - rotations.y))) ^ x.x;
  x.x += x.y;
  x.y = ((x.y << rotations.z) | (x.y >> (32u - rotations.z))) ^ x.x;
  x.x += x.y;
  x.y = ((x.y << rotations.w) | (x.y >> (32u - rotations.w))) ^ x.x;
  return x;
}

// The upper 24 bits as a number of [0, 1): each is exact in f32.
fn unit_interval(bits: u32) -> f32 {
  return f32(bits >> 8u) * 0x1p-24f;
}

// A standard normal number of two words, by Box and Muller. The radius takes its uniform from (0, 1], so that log(0)
// never occurs, and the angle lies in [-pi, pi), where cos is at its most exact.
fn standard_normal(bits: vec2u) -> f32 {
  let radius = sqrt(max(-2.0 * log_safe(1.0 - unit_interval(bits.x)), 0.0));
  return radius * cos(6.2831853f * (unit_interval(bits.y) - 0.5));
}
