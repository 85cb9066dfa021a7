// Convolution and its input gradient as one matrix product by tiles in workgroup memory, the matrices never being made:
// rows are result pixels, columns the channels of a group, and k runs over the taps and the source's channels. A
// workgroup computes TILE_M × TILE_N results, an invocation 8 × 4 of them. Forward, the source is x and the result y;
// for the input gradient the source is dy and the result dx (see functions/convolution.wgsl for the phases).

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
override TILE_M: u32;
override TILE_N: u32;
override TILE_K: u32;

@group(0) @binding(0) var<storage, read> x: array<f32>; // source: (BATCH, SOURCE_H, SOURCE_W, GROUPS·DEPTH)
@group(0) @binding(1) var<storage, read> w: array<f32>; // w: (TAPS_H, TAPS_W, Cin / GROUPS, Cout)
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // result: (BATCH, RESULT_H, RESULT_W, GROUPS·COLUMNS)

fn store_y(i: u32, value: f32) { y[i] = value; }

// One row of four pixels or columns is padded, so that neighbouring k fall into different banks.
const PAD = 1u;
var<workgroup> x_tile: array<vec4f, TILE_K * (TILE_M / 4 + PAD)>; // (TILE_K, TILE_M)
var<workgroup> w_tile: array<vec4f, TILE_K * (TILE_N / 4 + PAD)>; // (TILE_K, TILE_N)
// Of four result pixels each: first source line of their image (-1 past the end), source row and column at offset 0.
var<workgroup> pixel_image: array<vec4i, TILE_M / 4>;
var<workgroup> pixel_row: array<vec4i, TILE_M / 4>;
var<workgroup> pixel_column: array<vec4i, TILE_M / 4>;

// The source's values under four result pixels, 0 outside of it.
fn source_at(quad: u32, offset_h: i32, offset_w: i32, channel: u32, is_k: bool) -> vec4f {
  let image = pixel_image[quad];
  let row = pixel_row[quad] + offset_h;
  let column = pixel_column[quad] + offset_w;
  let is_inside =
    vec4<bool>(is_k) & (image >= vec4i(0)) & (vec4u(row) < vec4u(SOURCE_H)) & (vec4u(column) < vec4u(SOURCE_W));
  let pixel = (image + row) * i32(SOURCE_W) + column;
  let at = select(vec4u(), vec4u(pixel) * (GROUPS * DEPTH) + channel, is_inside);
  return select(vec4f(), vec4f(x[at.x], x[at.y], x[at.z], x[at.w]), is_inside);
}

// Four neighbouring columns of w, 0 past the last.
fn weights_at(start: u32, column: u32, is_k: bool) -> vec4f {
  let columns = vec4u(column, column + 1u, column + 2u, column + 3u);
  let is_inside = vec4<bool>(is_k) & (columns < vec4u(COLUMNS));
  let at = select(vec4u(), start + columns * W_COLUMN, is_inside);
  return select(vec4f(), vec4f(w[at.x], w[at.y], w[at.z], w[at.w]), is_inside);
}

fn store_row(row: u32, column: u32, values: vec4f) {
  if (column >= COLUMNS) { return; }
  let at = row * COLUMNS + column;
  store_y(at, values.x);
  if (column + 1u < COLUMNS) { store_y(at + 1u, values.y); }
  if (column + 2u < COLUMNS) { store_y(at + 2u, values.z); }
  if (column + 3u < COLUMNS) { store_y(at + 3u, values.w); }
}

@compute @workgroup_size(TILE_N / 4, TILE_M / 8)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
  @builtin(local_invocation_id) place: vec3u,
) {
  let id = workgroup.y * workgroups.x + workgroup.x;
  let phases = vec2u(u32(PHASES_H), u32(PHASES_W));
  let rows = (RESULT_H + phases.x - 1u) / phases.x; // of one phase, where it has most
  let columns = (RESULT_W + phases.y - 1u) / phases.y;
  let pixels = BATCH * rows * columns;
  let column_tiles = (COLUMNS + TILE_N - 1u) / TILE_N;
  let pixel_tiles = (pixels + TILE_M - 1u) / TILE_M;

  let first_column = id % column_tiles * TILE_N;
  let first_pixel = id / column_tiles % pixel_tiles * TILE_M;
  let group = id / column_tiles / pixel_tiles % GROUPS;
  let phase_index = id / column_tiles / pixel_tiles / GROUPS;
  let phase = vec2u(phase_index / phases.y, phase_index % phases.y);
  if (phase.x >= phases.x) { return; }

  let first_h = first_tap(i32(phase.x), TAPS_H, DILATION_H, PADDING_H, PHASES_H);
  let first_w = first_tap(i32(phase.y), TAPS_W, DILATION_W, PADDING_W, PHASES_W);
  let taps_h = u32((TAPS_H - first_h + TAP_STEP_H - 1) / TAP_STEP_H);
  let taps_w = u32((TAPS_W - first_w + TAP_STEP_W - 1) / TAP_STEP_W);
  let k_end = taps_h * taps_w * DEPTH;
  let invocations = TILE_M * TILE_N / 32u;

  for (var i = local; i < TILE_M / 4u; i += invocations) {
    let m = vec4u(first_pixel + i * 4u) + vec4u(0u, 1u, 2u, 3u);
    let line = m / columns;
    pixel_image[i] = select(vec4i(-1), vec4i(line / rows * SOURCE_H), m < vec4u(pixels));
    pixel_row[i] = vec4i(line % rows) * STRIDE_H;
    pixel_column[i] = vec4i(m % columns) * STRIDE_W;
  }

  var upper = mat4x4f();
  var lower = mat4x4f();
  for (var k0 = 0u; k0 < k_end; k0 += TILE_K) {
    workgroupBarrier();
    // Neighbouring invocations read neighbouring channels.
    for (var i = local; i < TILE_K * (TILE_M / 4u); i += invocations) {
      let k = i % TILE_K;
      let quad = i / TILE_K;
      let tap = (k0 + k) / DEPTH;
      let line = tap / taps_w;
      let kh = first_h + i32(line) * TAP_STEP_H;
      let kw = first_w + i32(tap - line * taps_w) * TAP_STEP_W;
      let offset_h = (i32(phase.x) + kh * DILATION_H - PADDING_H) / PHASES_H;
      let offset_w = (i32(phase.y) + kw * DILATION_W - PADDING_W) / PHASES_W;
      let channel = group * DEPTH + k0 + k - tap * DEPTH;
      let values = source_at(quad, offset_h, offset_w, channel, k0 + k < k_end);
      x_tile[k * (TILE_M / 4u + PAD) + quad] = values;
    }
    // Neighbouring invocations read along the dimension of w that is contiguous.
    for (var i = local; i < TILE_K * (TILE_N / 4u); i += invocations) {
      let k = select(i % TILE_K, i / (TILE_N / 4u), W_COLUMN == 1u);
      let quad = select(i / TILE_K, i % (TILE_N / 4u), W_COLUMN == 1u);
      let tap = (k0 + k) / DEPTH;
      let line = tap / taps_w;
      let kh = first_h + i32(line) * TAP_STEP_H;
      let kw = first_w + i32(tap - line * taps_w) * TAP_STEP_W;
      let start = u32(kh * TAPS_W + kw) * W_TAP + group * W_GROUP + (k0 + k - tap * DEPTH) * W_DEPTH;
      let values = weights_at(start, first_column + quad * 4u, k0 + k < k_end);
      w_tile[k * (TILE_N / 4u + PAD) + quad] = values;
    }
    workgroupBarrier();
    for (var k = 0u; k < TILE_K; k++) {
      let weights = w_tile[k * (TILE_N / 4u + PAD) + place.x];
      upper += pixels_by_channels(x_tile[k * (TILE_M / 4u + PAD) + place.y * 2u], weights);
      lower += pixels_by_channels(x_tile[k * (TILE_M / 4u + PAD) + place.y * 2u + 1u], weights);
    }
  }

  for (var r = 0u; r < 8u; r++) {
    let i = first_pixel + place.y * 8u + r;
    let line = i / columns;
    let image = line / rows;
    let row = (line - image * rows) * phases.x + phase.x;
    let column = (i - line * columns) * phases.y + phase.y;
    if (i >= pixels || row >= RESULT_H || column >= RESULT_W) { continue; }
    let pixel = (image * RESULT_H + row) * RESULT_W + column;
    store_row(pixel * GROUPS + group, first_column + place.x * 4u, select(lower[r % 4u], upper[r % 4u], r < 4u));
  }
}
