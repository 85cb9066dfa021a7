// Max pooling: one invocation an output element, neighbouring invocations neighbouring channels. The first of a window's
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

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (workgroup.y * workgroups.x + workgroup.x) * 64u + local;
  if (i >= BATCH * OUTPUT_H * OUTPUT_W * CHANNELS) { return; }
  let channel = i % CHANNELS;
  let window = i / CHANNELS;
  let image = window / OUTPUT_W / OUTPUT_H * IMAGE_H;
  let top = i32(window / OUTPUT_W % OUTPUT_H * STRIDE_H) - i32(PADDING_TOP);
  let left = i32(window % OUTPUT_W * STRIDE_W) - i32(PADDING_LEFT);

  var best = 0.0;
  var place = SIZE_H * SIZE_W; // none yet
  for (var row = 0u; row < SIZE_H; row++) {
    for (var column = 0u; column < SIZE_W; column++) {
      let h = u32(top + i32(row));
      let w = u32(left + i32(column));
      let is_inside = !BORDER || (h < IMAGE_H && w < IMAGE_W);
      let value = load_x(select(0u, ((image + h) * IMAGE_W + w) * CHANNELS + channel, is_inside));
      let is_better = !is_nan(best) && (is_nan(value) || value > best);
      let is_taken = is_inside && (is_better || place == SIZE_H * SIZE_W);
      best = select(best, value, is_taken);
      place = select(place, row * SIZE_W + column, is_taken);
    }
  }
  store_y(i, best);
  store_places(i, place);
}
