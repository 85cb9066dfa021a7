// Convolution and its input gradient where each group has one input channel: each invocation computes one channel of 4
// result pixels, neighbouring invocations neighbouring channels. Forward, the source is x and the result y; for the
// input gradient the source is dy and the result dx (see functions/convolution.wgsl for the phases).

override BATCH: u32;
override SOURCE_H: u32;
override SOURCE_W: u32;
override RESULT_H: u32;
override RESULT_W: u32;
override GROUPS: u32;
override DEPTH: u32; // channels of the source in one group
override COLUMNS: u32; // channels of the result in one group
override TAPS_H: i32;
override TAPS_W: i32;
override TAP_STEP_H: i32; // from one tap of a phase to the next
override TAP_STEP_W: i32;
override PHASES_H: i32;
override PHASES_W: i32;
override STRIDE_H: i32;
override STRIDE_W: i32;
override DILATION_H: i32;
override DILATION_W: i32;
override PADDING_H: i32;
override PADDING_W: i32;
override W_TAP: u32; // steps in w: from tap to tap, from group to group, along the depth, along the columns
override W_GROUP: u32;
override W_DEPTH: u32;
override W_COLUMN: u32;

@group(0) @binding(0) var<storage, read> x: array<f32>; // source: (BATCH, SOURCE_H, SOURCE_W, GROUPS·DEPTH)
@group(0) @binding(1) var<storage, read> w: array<f32>; // w: (TAPS_H, TAPS_W, 1, Cout)
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // result: (BATCH, RESULT_H, RESULT_W, GROUPS·COLUMNS)

fn store_y(i: u32, value: f32) { y[i] = value; }

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let id = (workgroup.y * workgroups.x + workgroup.x) * 64u + local;
  let channels = GROUPS * COLUMNS;
  let phases = vec2u(u32(PHASES_H), u32(PHASES_W));
  let rows = (RESULT_H + phases.x - 1u) / phases.x; // of one phase, where it has most
  let columns = (RESULT_W + phases.y - 1u) / phases.y;
  let pixels = BATCH * rows * columns;
  let pixel_tiles = (pixels + 3u) / 4u;

  let channel = id % channels;
  let m = id / channels % pixel_tiles * 4u;
  let phase_index = id / channels / pixel_tiles;
  let phase = vec2u(phase_index / phases.y, phase_index % phases.y);
  if (phase.x >= phases.x) { return; }

  let group = channel / COLUMNS;
  let i = vec4u(m) + vec4u(0u, 1u, 2u, 3u);
  let line = min(i, vec4u(pixels - 1u)) / columns;
  let image = line / rows;
  let row = line % rows;
  let column = i % columns;
  let first_h = first_tap(i32(phase.x), TAPS_H, DILATION_H, PADDING_H, PHASES_H);
  let first_w = first_tap(i32(phase.y), TAPS_W, DILATION_W, PADDING_W, PHASES_W);

  var sum = vec4f();
  for (var kh = first_h; kh < TAPS_H; kh += TAP_STEP_H) {
    let source_row = vec4i(row) * STRIDE_H + (i32(phase.x) + kh * DILATION_H - PADDING_H) / PHASES_H;
    for (var kw = first_w; kw < TAPS_W; kw += TAP_STEP_W) {
      let source_column = vec4i(column) * STRIDE_W + (i32(phase.y) + kw * DILATION_W - PADDING_W) / PHASES_W;
      let inside = (vec4u(source_row) < vec4u(SOURCE_H)) & (vec4u(source_column) < vec4u(SOURCE_W));
      let pixel = (vec4i(image * SOURCE_H) + source_row) * i32(SOURCE_W) + source_column;
      let start = select(vec4u(), vec4u(pixel), inside) * (GROUPS * DEPTH) + group * DEPTH;
      let weight = u32(kh * TAPS_W + kw) * W_TAP + group * W_GROUP + channel % COLUMNS * W_COLUMN;
      for (var d = 0u; d < DEPTH; d++) {
        let at = start + d;
        let values = vec4f(x[at.x], x[at.y], x[at.z], x[at.w]);
        sum += select(vec4f(), values, inside) * w[weight + d * W_DEPTH];
      }
    }
  }

  let result_row = row * phases.x + phase.x;
  let result_column = column * phases.y + phase.y;
  let to = ((image * RESULT_H + result_row) * RESULT_W + result_column) * channels + channel;
  let wanted = (i < vec4u(pixels)) & (result_row < vec4u(RESULT_H)) & (result_column < vec4u(RESULT_W));
  for (var r = 0u; r < 4u; r++) {
    if (wanted[r]) { store_y(to[r], sum[r]); }
  }
}
