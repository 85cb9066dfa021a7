// Gradient of max pooling: one invocation four channels of a pixel, which gathers dy of the windows whose largest value it was.

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

// The four channels of an invocation; past the last one it reads that again, and stores nothing.
fn channels_at(first: u32) -> vec4u {
  return min(vec4u(first, first + 1u, first + 2u, first + 3u), vec4u(CHANNELS - 1u));
}

fn dy_at(i: vec4u) -> vec4f {
  return vec4f(load_dy(i.x), load_dy(i.y), load_dy(i.z), load_dy(i.w));
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (workgroup.y * workgroups.x + workgroup.x) * 64u + local;
  let quads = (CHANNELS + 3u) / 4u;
  let pixel = i / quads;
  if (pixel >= BATCH * IMAGE_H * IMAGE_W) { return; }
  let first = (i - pixel * quads) * 4u;
  let channels = channels_at(first);
  let line = pixel / IMAGE_W;
  let image = line / IMAGE_H;
  let row = line - image * IMAGE_H + PADDING_TOP; // in the padded image
  let column = pixel - line * IMAGE_W + PADDING_LEFT;

  var sum = vec4f();
  for (var a = 0u; a < (SIZE_H + STRIDE_H - 1u) / STRIDE_H; a++) { // windows that may contain the row, the last first
    for (var b = 0u; b < (SIZE_W + STRIDE_W - 1u) / STRIDE_W; b++) {
      let oh = row / STRIDE_H - a; // wraps round below the first
      let ow = column / STRIDE_W - b;
      let h = row - oh * STRIDE_H; // of the pixel in the window
      let w = column - ow * STRIDE_W;
      let is_inside = oh < OUTPUT_H && ow < OUTPUT_W && h < SIZE_H && w < SIZE_W;
      let window = channels + select(0u, ((image * OUTPUT_H + oh) * OUTPUT_W + ow) * CHANNELS, is_inside);
      let place = vec4u(places[window.x], places[window.y], places[window.z], places[window.w]);
      let is_here = vec4<bool>(is_inside) & (place == vec4u(h * SIZE_W + w));
      sum += select(vec4f(), dy_at(window), is_here);
    }
  }
  let at = pixel * CHANNELS + first;
  store_dx(at, sum.x);
  if (first + 1u < CHANNELS) { store_dx(at + 1u, sum.y); }
  if (first + 2u < CHANNELS) { store_dx(at + 2u, sum.z); }
  if (first + 3u < CHANNELS) { store_dx(at + 3u, sum.w); }
}
