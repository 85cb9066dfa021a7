// A seeded bijection of 0 … n − 1, evaluated at one position without sorting: a Feistel network over the next power of
// two, walked along its cycle until it comes back below n. Both halves of the bits take turns; where the number of
// bits is odd, one half has a bit more. Source: Black and Rogaway, "Ciphers with arbitrary finite domains" (2002).

// Fewer than n + 2 positions of the power of two lie outside, so the walk is bounded; on average it takes below two.
fn permuted(position: u32, n: u32, key: vec2u) -> u32 {
  if (n < 2u) { return 0u; }
  let bits = 32u - countLeadingZeros(n - 1u);
  var y = position % n;
  for (var walked = 0u; walked <= n; walked++) {
    y = feistel(y, bits, key);
    if (y < n) { break; }
  }
  return y;
}

// The halves take turns at being changed by the other one. After an even number of turns each is in its place again.
fn feistel(value: u32, bits: u32, key: vec2u) -> u32 {
  let low_bits = (bits + 1u) / 2u;
  let low_mask = (1u << low_bits) - 1u;
  let high_mask = (1u << (bits - low_bits)) - 1u;
  var halves = vec2u(value & low_mask, value >> low_bits);
  var masks = vec2u(low_mask, high_mask);
  for (var turn = 0u; turn < 12u; turn++) {
    let changed = halves.y ^ (threefry(key, vec2u(halves.x, turn)).x & masks.y);
    halves = vec2u(changed, halves.x);
    masks = masks.yx;
  }
  return (halves.y << low_bits) | halves.x;
}
