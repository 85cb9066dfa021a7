// Weight gradient of a convolution where each group has one input channel: dw[tap, f] = Σ x[pixel under tap, group of f]
// · dy[pixel, f] over the pixels of one split. Each invocation computes 4 taps of one output channel f, neighbouring
// invocations neighbouring channels.

override IMAGE_H: u32;
override IMAGE_W: u32;
override OUTPUT_H: u32;
override OUTPUT_W: u32;
override GROUPS: u32;
override COLUMNS: u32; // output channels in one group
override TAPS_H: u32;
override TAPS_W: u32;
override STRIDE_H: i32;
override STRIDE_W: i32;
override DILATION_H: i32;
override DILATION_W: i32;
override PADDING_H: i32;
override PADDING_W: i32;
override LINES: u32; // of dy: batch · OUTPUT_H
override SPLITS: u32;
override SPLIT_LINES: u32; // lines of one split

@group(0) @binding(0) var<storage, read> x: array<f32>; // x: (N, IMAGE_H, IMAGE_W, GROUPS)
@group(0) @binding(1) var<storage, read> dy: array<f32>; // dy: (N, OUTPUT_H, OUTPUT_W, GROUPS·COLUMNS)
@group(0) @binding(2) var<storage, read_write> dw: array<f32>; // dw: (SPLITS, TAPS_H, TAPS_W, 1, GROUPS·COLUMNS)

fn store_dw(i: u32, value: f32) { dw[i] = value; }

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let id = (workgroup.y * workgroups.x + workgroup.x) * 64u + local;
  let filters = GROUPS * COLUMNS;
  let taps = TAPS_H * TAPS_W;
  let tap_tiles = (taps + 3u) / 4u;
  let output_channel = id % filters;
  let four_taps = id / filters % tap_tiles * 4u;
  let split = id / filters / tap_tiles;
  if (split >= SPLITS) { return; }

  let tap = min(vec4u(four_taps) + vec4u(0u, 1u, 2u, 3u), vec4u(taps - 1u));
  let tap_row = vec4i(tap / TAPS_W) * DILATION_H - PADDING_H;
  let tap_column = vec4i(tap % TAPS_W) * DILATION_W - PADDING_W;
  let channel = output_channel / COLUMNS;

  var sum = vec4f();
  let end = min((split + 1u) * SPLIT_LINES, LINES);
  for (var line = split * SPLIT_LINES; line < end; line++) {
    let row = tap_row + i32(line % OUTPUT_H) * STRIDE_H;
    let x_line = (i32(line / OUTPUT_H * IMAGE_H) + row) * i32(IMAGE_W);
    for (var ow = 0u; ow < OUTPUT_W; ow++) {
      let column = tap_column + i32(ow) * STRIDE_W;
      let inside = (vec4u(row) < vec4u(IMAGE_H)) & (vec4u(column) < vec4u(IMAGE_W));
      let at = select(vec4u(), vec4u(x_line + column), inside) * GROUPS + channel;
      let values = select(vec4f(), vec4f(x[at.x], x[at.y], x[at.z], x[at.w]), inside);
      sum += values * dy[(line * OUTPUT_W + ow) * filters + output_channel];
    }
  }
  for (var t = 0u; t < 4u && four_taps + t < taps; t++) {
    store_dw((split * taps + four_taps + t) * filters + output_channel, sum[t]);
  }
}
