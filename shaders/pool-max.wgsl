// Max pooling: one invocation four channels of an output pixel. The first of a window's
// largest values wins; NaN is larger than all.

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

@group(0) @binding(0) var<storage, read> x: array<f32>; // x: (BATCH, IMAGE_H, IMAGE_W, CHANNELS)
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // y: (BATCH, OUTPUT_H, OUTPUT_W, CHANNELS)
@group(0) @binding(2) var<storage, read_write> places: array<u32>; // row · SIZE_W + column in the window, as y

fn load_x(i: u32) -> f32 { return x[i]; }
fn store_y(i: u32, value: f32) { y[i] = value; }
fn store_places(i: u32, value: u32) { places[i] = value; }

// The four channels of an invocation; past the last one it reads that again, and stores nothing.
fn channels_at(first: u32) -> vec4u {
  return min(vec4u(first, first + 1u, first + 2u, first + 3u), vec4u(CHANNELS - 1u));
}

fn x_at(i: vec4u) -> vec4f {
  return vec4f(load_x(i.x), load_x(i.y), load_x(i.z), load_x(i.w));
}

fn are_nan(values: vec4f) -> vec4<bool> {
  return (bitcast<vec4u>(values) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
}

fn store(i: u32, value: f32, place: u32) {
  store_y(i, value);
  store_places(i, place);
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

  var best = vec4f();
  var place = vec4u(SIZE_H * SIZE_W); // none yet
  for (var row = 0u; row < SIZE_H; row++) {
    for (var column = 0u; column < SIZE_W; column++) {
      let h = u32(top + i32(row));
      let w = u32(left + i32(column));
      let is_inside = !BORDER || (h < IMAGE_H && w < IMAGE_W);
      let value = x_at(channels + select(0u, ((image * IMAGE_H + h) * IMAGE_W + w) * CHANNELS, is_inside));
      let is_better = !are_nan(best) & (are_nan(value) | (value > best));
      let is_taken = vec4<bool>(is_inside) & (is_better | (place == vec4u(SIZE_H * SIZE_W)));
      best = select(best, value, is_taken);
      place = select(place, vec4u(row * SIZE_W + column), is_taken);
    }
  }
  let at = window * CHANNELS + first;
  store(at, best.x, place.x);
  if (first + 1u < CHANNELS) { store(at + 1u, best.y, place.y); }
  if (first + 2u < CHANNELS) { store(at + 2u, best.z, place.z); }
  if (first + 3u < CHANNELS) { store(at + 3u, best.w, place.w); }
}
