// Functions of convolution kernels. A result pixel stands at `position · phases + phase` along an axis; the source pixel
// under tap k of its window is position · stride + (phase + k · dilation - padding) / phases, where that is whole.
// Forward there is one phase; the input gradient has as many as the stride, so that none of its taps meets a gap.

// The first tap whose source pixel is whole; `taps` where there is none. The next is phases / gcd(phases, dilation) on.
fn first_tap(phase: i32, taps: i32, dilation: i32, padding: i32, phases: i32) -> i32 {
  for (var k = 0; k < taps; k++) {
    if ((phase + k * dilation - padding) % phases == 0) { return k; }
  }
  return taps;
}

// Rows of four pixels times four channels: column r of the result belongs to pixel r.
fn pixels_by_channels(pixels: vec4f, channels: vec4f) -> mat4x4f {
  return mat4x4f(channels * pixels.x, channels * pixels.y, channels * pixels.z, channels * pixels.w);
}
