// Gradient of max pooling: one invocation a pixel, which gathers dy of the windows whose largest value it was.

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

@group(0) @binding(0) var<storage, read> dy: array<f32>; // dy: (BATCH, OUTPUT_H, OUTPUT_W, CHANNELS)
@group(0) @binding(1) var<storage, read> places: array<u32>; // row · SIZE_W + column in the window, as dy
@group(0) @binding(2) var<storage, read_write> dx: array<f32>; // dx: (BATCH, IMAGE_H, IMAGE_W, CHANNELS)

fn load_dy(i: u32) -> f32 { return dy[i]; }
fn store_dx(i: u32, value: f32) { dx[i] = value; }

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (workgroup.y * workgroups.x + workgroup.x) * 64u + local;
  if (i >= BATCH * IMAGE_H * IMAGE_W * CHANNELS) { return; }
  let channel = i % CHANNELS;
  let pixel = i / CHANNELS;
  let row = pixel / IMAGE_W % IMAGE_H + PADDING_TOP; // in the padded image
  let column = pixel % IMAGE_W + PADDING_LEFT;
  let image = pixel / IMAGE_W / IMAGE_H * OUTPUT_H;

  var sum = 0.0;
  for (var a = 0u; a < (SIZE_H + STRIDE_H - 1u) / STRIDE_H; a++) { // windows that may contain the row, the last first
    for (var b = 0u; b < (SIZE_W + STRIDE_W - 1u) / STRIDE_W; b++) {
      let oh = row / STRIDE_H - a; // wraps round below the first
      let ow = column / STRIDE_W - b;
      let h = row - oh * STRIDE_H; // of the pixel in the window
      let w = column - ow * STRIDE_W;
      let is_inside = oh < OUTPUT_H && ow < OUTPUT_W && h < SIZE_H && w < SIZE_W;
      let window = select(0u, ((image + oh) * OUTPUT_W + ow) * CHANNELS + channel, is_inside);
      if (is_inside && places[window] == h * SIZE_W + w) { sum += load_dy(window); }
    }
  }
  store_dx(i, sum);
}
