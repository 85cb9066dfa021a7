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

fn feistel(value: u32, bits: u32, key: vec2u) -> u32 {
  let low_bits = (bits + 1u) / 2u;
  let low_mask = (1u << low_bits) - 1u;
  let high_mask = (1u << (bits - low_bits)) - 1u;
  var low = value & low_mask;
  var high = value >> low_bits;
  for (var turn = 0u; turn < 12u; turn += 2u) {
    high ^= threefry(key, vec2u(low, turn)).x & high_mask;
    low ^= threefry(key, vec2u(high, turn + 1u)).x & low_mask;
  }
  return (high << low_bits) | low;
}
