// Weight gradient of a convolution as a matrix product by tiles in workgroup memory, the matrices never being made:
// dw[k, f] = Σ x[pixel under k] · dy[pixel, f] over the pixels of one split, where k is a tap and an input channel.
// A workgroup computes TILE_M of the k by TILE_N channels f of one group, an invocation 8 × 4 of them.

override IMAGE_H: u32;
override IMAGE_W: u32;
override OUTPUT_H: u32;
override OUTPUT_W: u32;
override GROUPS: u32;
override DEPTH: u32; // input channels in one group
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
override TILE_M: u32;
override TILE_N: u32;
override TILE_PIXELS: u32;

@group(0) @binding(0) var<storage, read> x: array<f32>; // x: (N, IMAGE_H, IMAGE_W, GROUPS·DEPTH)
@group(0) @binding(1) var<storage, read> dy: array<f32>; // dy: (N, OUTPUT_H, OUTPUT_W, GROUPS·COLUMNS)
@group(0) @binding(2) var<storage, read_write> dw: array<f32>; // dw: (SPLITS, TAPS_H, TAPS_W, DEPTH, GROUPS·COLUMNS)

fn store_dw(i: u32, value: f32) { dw[i] = value; }

var<workgroup> x_tile: array<vec4f, TILE_PIXELS * (TILE_M / 4)>; // (TILE_PIXELS, TILE_M)
var<workgroup> dy_tile: array<vec4f, TILE_PIXELS * (TILE_N / 4)>; // (TILE_PIXELS, TILE_N)
// Of four neighbouring k each: row (past the image where there is no such k) and column of x for the output pixel
// (0, 0), and the input channel.
var<workgroup> tap_row: array<vec4i, TILE_M / 4>;
var<workgroup> tap_column: array<vec4i, TILE_M / 4>;
var<workgroup> tap_channel: array<vec4u, TILE_M / 4>;

// x under an output pixel at four neighbouring k, 0 outside of it.
fn x_at(quad: u32, pixel: u32, end: u32) -> vec4f {
  let line = pixel / OUTPUT_W;
  let image = line / OUTPUT_H;
  let row = tap_row[quad] + i32(line - image * OUTPUT_H) * STRIDE_H;
  let column = tap_column[quad] + i32(pixel - line * OUTPUT_W) * STRIDE_W;
  let is_inside = vec4<bool>(pixel < end) & (vec4u(row) < vec4u(IMAGE_H)) & (vec4u(column) < vec4u(IMAGE_W));
  let place = (vec4i(i32(image * IMAGE_H)) + row) * i32(IMAGE_W) + column;
  let at = select(vec4u(), vec4u(place) * (GROUPS * DEPTH) + tap_channel[quad], is_inside);
  return select(vec4f(), vec4f(x[at.x], x[at.y], x[at.z], x[at.w]), is_inside);
}

// Four neighbouring channels of dy, 0 past the last.
fn dy_at(pixel: u32, end: u32, group: u32, column: u32) -> vec4f {
  let columns = vec4u(column, column + 1u, column + 2u, column + 3u);
  let is_inside = vec4<bool>(pixel < end) & (columns < vec4u(COLUMNS));
  let at = select(vec4u(), (pixel * GROUPS + group) * COLUMNS + columns, is_inside);
  return select(vec4f(), vec4f(dy[at.x], dy[at.y], dy[at.z], dy[at.w]), is_inside);
}

fn store_row(row: u32, column: u32, values: vec4f) {
  if (column >= COLUMNS) { return; }
  let at = row * COLUMNS + column;
  store_dw(at, values.x);
  if (column + 1u < COLUMNS) { store_dw(at + 1u, values.y); }
  if (column + 2u < COLUMNS) { store_dw(at + 2u, values.z); }
  if (column + 3u < COLUMNS) { store_dw(at + 3u, values.w); }
}

@compute @workgroup_size(TILE_N / 4, TILE_M / 8)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
  @builtin(local_invocation_id) place: vec3u,
) {
  let id = workgroup.y * workgroups.x + workgroup.x;
  let depth = TAPS_H * TAPS_W * DEPTH;
  let column_tiles = (COLUMNS + TILE_N - 1u) / TILE_N;
  let row_tiles = (depth + TILE_M - 1u) / TILE_M;
  let first_column = id % column_tiles * TILE_N;
  let first_k = id / column_tiles % row_tiles * TILE_M;
  let group = id / column_tiles / row_tiles % GROUPS;
  let split = id / column_tiles / row_tiles / GROUPS;
  if (split >= SPLITS) { return; }
  let invocations = TILE_M * TILE_N / 32u;

  for (var i = local; i < TILE_M / 4u; i += invocations) {
    let k = vec4u(first_k + i * 4u) + vec4u(0u, 1u, 2u, 3u);
    let tap = k / DEPTH;
    // Far enough past the image to stay there whatever the output pixel, near enough not to wrap round.
    tap_row[i] = select(vec4i(1 << 30u), vec4i(tap / TAPS_W) * DILATION_H - PADDING_H, k < vec4u(depth));
    tap_column[i] = vec4i(tap % TAPS_W) * DILATION_W - PADDING_W;
    tap_channel[i] = k % DEPTH + group * DEPTH;
  }

  var upper = mat4x4f();
  var lower = mat4x4f();
  let end = min((split + 1u) * SPLIT_LINES, LINES) * OUTPUT_W;
  for (var first = split * SPLIT_LINES * OUTPUT_W; first < end; first += TILE_PIXELS) {
    workgroupBarrier();
    for (var i = local; i < TILE_PIXELS * (TILE_M / 4u); i += invocations) {
      x_tile[i] = x_at(i % (TILE_M / 4u), first + i / (TILE_M / 4u), end);
    }
    for (var i = local; i < TILE_PIXELS * (TILE_N / 4u); i += invocations) {
      dy_tile[i] = dy_at(first + i / (TILE_N / 4u), end, group, first_column + i % (TILE_N / 4u) * 4u);
    }
    workgroupBarrier();
    for (var p = 0u; p < TILE_PIXELS; p++) {
      let channels = dy_tile[p * (TILE_N / 4u) + place.x];
      upper += pixels_by_channels(x_tile[p * (TILE_M / 4u) + place.y * 2u], channels);
      lower += pixels_by_channels(x_tile[p * (TILE_M / 4u) + place.y * 2u + 1u], channels);
    }
  }

  let k = first_k + place.y * 8u;
  for (var r = 0u; r < 8u && k + r < depth; r++) {
    let row = (split * depth + k + r) * GROUPS + group;
    store_row(row, first_column + place.x * 4u, select(lower[r % 4u], upper[r % 4u], r < 4u));
  }
}
