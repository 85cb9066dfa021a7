// Gradient of resizing to the nearest pixel: one invocation a pixel of dx, which sums dy over its copies.

override BATCH: u32;
override IMAGE_H: u32;
override IMAGE_W: u32;
override CHANNELS: u32;
override OUTPUT_H: u32;
override OUTPUT_W: u32;

@group(0) @binding(0) var<storage, read> dy: array<f32>; // dy: (BATCH, OUTPUT_H, OUTPUT_W, CHANNELS)
@group(0) @binding(1) var<storage, read_write> dx: array<f32>; // dx: (BATCH, IMAGE_H, IMAGE_W, CHANNELS)

fn load_dy(i: u32) -> f32 { return dy[i]; }
fn store_dx(i: u32, value: f32) { dx[i] = value; }

// The first o with floor(o · before / after) >= position.
fn first_copy(position: u32, before: u32, after: u32) -> u32 {
  return (position * after + before - 1u) / before;
}

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
  let column = pixel % IMAGE_W;
  let row = pixel / IMAGE_W % IMAGE_H;
  let image = pixel / IMAGE_W / IMAGE_H * OUTPUT_H;

  var sum = 0.0;
  for (var oh = first_copy(row, IMAGE_H, OUTPUT_H); oh < first_copy(row + 1u, IMAGE_H, OUTPUT_H); oh++) {
    for (var ow = first_copy(column, IMAGE_W, OUTPUT_W); ow < first_copy(column + 1u, IMAGE_W, OUTPUT_W); ow++) {
      sum += load_dy(((image + oh) * OUTPUT_W + ow) * CHANNELS + channel);
    }
  }
  store_dx(i, sum);
}
