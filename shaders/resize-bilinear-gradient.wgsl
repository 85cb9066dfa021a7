// Gradient of bilinear resizing: one invocation a pixel of dx, which sums dy of the pixels it was mixed into, each by its
// share.

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

// How much of output o is taken from a position of an axis that is resized from `before` to `after` pixels.
fn share_of(o: i32, position: i32, before: i32, after: i32) -> f32 {
  let place = max((2 * o + 1) * before - after, 0);
  let first = place / (2 * after);
  let share = f32(place % (2 * after)) / f32(2 * after);
  return select(0.0, 1.0 - share, first == position) + select(0.0, share, min(first + 1, before - 1) == position);
}

// The outputs whose share may not be zero: from the first, up to and without the second.
fn outputs_of(position: i32, before: i32, after: i32) -> vec2i {
  let first = ((2 * position - 1) * after - before) / (2 * before);
  let end = ((2 * position + 3) * after - before) / (2 * before) + 2;
  let is_last = position == before - 1;
  return vec2i(select(max(first, 0), 0, position == 0), select(min(end, after), after, is_last));
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
  let column = i32(pixel % IMAGE_W);
  let row = i32(pixel / IMAGE_W % IMAGE_H);
  let image = pixel / IMAGE_W / IMAGE_H * OUTPUT_H;
  let rows = outputs_of(row, i32(IMAGE_H), i32(OUTPUT_H));
  let columns = outputs_of(column, i32(IMAGE_W), i32(OUTPUT_W));

  var sum = 0.0;
  for (var oh = rows.x; oh < rows.y; oh++) {
    let share_h = share_of(oh, row, i32(IMAGE_H), i32(OUTPUT_H));
    for (var ow = columns.x; ow < columns.y; ow++) {
      let share = share_h * share_of(ow, column, i32(IMAGE_W), i32(OUTPUT_W));
      if (share == 0.0) { continue; } // NaN of pixels that took nothing from here stays out
      sum += share * load_dy(((image + u32(oh)) * OUTPUT_W + u32(ow)) * CHANNELS + channel);
    }
  }
  store_dx(i, sum);
}
