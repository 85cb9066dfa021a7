// Whether a value takes the place of the best so far; NaN beats every number, and nothing beats NaN.
fn beats_f32(value: f32, best: f32, smallest: bool) -> bool {
  if (is_nan(best)) { return false; }
  if (is_nan(value)) { return true; }
  return select(value > best, value < best, smallest);
}

fn beats_i32(value: i32, best: i32, smallest: bool) -> bool {
  return select(value > best, value < best, smallest);
}

fn beats_u32(value: u32, best: u32, smallest: bool) -> bool {
  return select(value > best, value < best, smallest);
}
