// Average pooling: one invocation four channels of an output pixel.

override BATCH: u32;
override IMAGE_H: u32;
override IMAGE_W: u32;
override CHANNELS: u32;
override OUTPUT_H: u32;
override OUTPUT_W: u32;
override SIZE_H: u32;
override SIZE_W: u32;
override STRIDE_H: u32;
override STRIDE_W: u32;
override PADDING_TOP: u32;
override PADDING_LEFT: u32;
override BORDER: bool; // whether windows reach outside of x
override COUNTED_TOP: i32; // pixels of the padding that count as zeros
override COUNTED_BOTTOM: i32;
override COUNTED_LEFT: i32;
override COUNTED_RIGHT: i32;

@group(0) @binding(0) var<storage, read> x: array<f32>; // x: (BATCH, IMAGE_H, IMAGE_W, CHANNELS)
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // y: (BATCH, OUTPUT_H, OUTPUT_W, CHANNELS)

fn load_x(i: u32) -> f32 { return x[i]; }
fn store_y(i: u32, value: f32) { y[i] = value; }

// The four channels of an invocation; past the last one it reads that again, and stores nothing.
fn channels_at(first: u32) -> vec4u {
  return min(vec4u(first, first + 1u, first + 2u, first + 3u), vec4u(CHANNELS - 1u));
}

fn x_at(i: vec4u) -> vec4f {
  return vec4f(load_x(i.x), load_x(i.y), load_x(i.z), load_x(i.w));
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (workgroup.y * workgroups.x + workgroup.x) * 64u + local;
  let quads = (CHANNELS + 3u) / 4u;
  let window = i / quads;
  if (window >= BATCH * OUTPUT_H * OUTPUT_W) { return; }
  let first = (i - window * quads) * 4u;
  let channels = channels_at(first);
  let line = window / OUTPUT_W;
  let image = line / OUTPUT_H;
  let top = i32((line - image * OUTPUT_H) * STRIDE_H) - i32(PADDING_TOP);
  let left = i32((window - line * OUTPUT_W) * STRIDE_W) - i32(PADDING_LEFT);

  var sum = vec4f();
  for (var row = 0; row < i32(SIZE_H); row++) {
    for (var column = 0; column < i32(SIZE_W); column++) {
      let h = u32(top + row);
      let w = u32(left + column);
      let is_inside = !BORDER || (h < IMAGE_H && w < IMAGE_W);
      let value = x_at(channels + select(0u, ((image * IMAGE_H + h) * IMAGE_W + w) * CHANNELS, is_inside));
      sum += select(vec4f(), value, is_inside);
    }
  }
  let rows = min(top + i32(SIZE_H), i32(IMAGE_H) + COUNTED_BOTTOM) - max(top, -COUNTED_TOP);
  let columns = min(left + i32(SIZE_W), i32(IMAGE_W) + COUNTED_RIGHT) - max(left, -COUNTED_LEFT);
  let mean = sum / f32(rows * columns);
  let at = window * CHANNELS + first;
  store_y(at, mean.x);
  if (first + 1u < CHANNELS) { store_y(at + 1u, mean.y); }
  if (first + 2u < CHANNELS) { store_y(at + 2u, mean.z); }
  if (first + 3u < CHANNELS) { store_y(at + 3u, mean.w); }
}
