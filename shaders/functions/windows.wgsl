// The windows that contain a position of a padded axis: from the first, up to and without the second.
fn windows_over(position: u32, size: u32, stride: u32, windows: u32) -> vec2u {
  let first = select((position - size) / stride + 1u, 0u, position < size);
  return vec2u(first, min(position / stride + 1u, windows));
}
