// Convolution and its input gradient by register tiles: each invocation computes 8 result pixels by 8 channels (4 where
// WIDE is false) of one group, and shares nothing with the others. Forward, the source is x and the result y; for the
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
override BORDER: bool; // whether windows reach outside of the source
override WIDE: bool;
override W_TAP: u32; // steps in w: from tap to tap, from group to group, along the depth, along the columns
override W_GROUP: u32;
override W_DEPTH: u32;
override W_COLUMN: u32;

@group(0) @binding(0) var<storage, read> x: array<f32>; // source: (BATCH, SOURCE_H, SOURCE_W, GROUPS·DEPTH)
@group(0) @binding(1) var<storage, read> w: array<f32>; // w: (TAPS_H, TAPS_W, Cin / GROUPS, Cout)
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // result: (BATCH, RESULT_H, RESULT_W, GROUPS·COLUMNS)

fn store_y(i: u32, value: f32) { y[i] = value; }

// Four result pixels that are neighbours in the order (n, row, column) of one phase.
struct Pixels {
  image: vec4i, // first source line of their image
  row: vec4i, // source row and column under a tap at offset 0
  column: vec4i,
}

fn pixels_at(m: u32, rows: u32, columns: u32) -> Pixels {
  let i = min(vec4u(m, m + 1u, m + 2u, m + 3u), vec4u(BATCH * rows * columns - 1u));
  let line = i / columns;
  let image = line / rows;
  return Pixels(
    vec4i(image) * i32(SOURCE_H),
    vec4i(line - image * rows) * STRIDE_H,
    vec4i(i - line * columns) * STRIDE_W,
  );
}

fn inside(row: vec4i, column: vec4i) -> vec4<bool> {
  if (!BORDER) { return vec4<bool>(true); }
  return (vec4u(row) < vec4u(SOURCE_H)) & (vec4u(column) < vec4u(SOURCE_W));
}

fn source_at(pixel: vec4u, is_inside: vec4<bool>, c: u32) -> vec4f {
  let i = pixel + c;
  return select(vec4f(), vec4f(x[i.x], x[i.y], x[i.z], x[i.w]), is_inside);
}

fn weights_at(column: vec4u, i: u32) -> vec4f {
  let at = column + i;
  return vec4f(w[at.x], w[at.y], w[at.z], w[at.w]);
}

// The pixel of the result that number i of a phase is; past all of them where there is none.
fn result_pixel(i: u32, rows: u32, columns: u32, phase: vec2u) -> u32 {
  if (PHASES_H == 1 && PHASES_W == 1) { return i; }
  let line = i / columns;
  let image = line / rows;
  let row = (line - image * rows) * u32(PHASES_H) + phase.x;
  let column = (i - line * columns) * u32(PHASES_W) + phase.y;
  if (row >= RESULT_H || column >= RESULT_W) { return BATCH * RESULT_H * RESULT_W; }
  return (image * RESULT_H + row) * RESULT_W + column;
}

fn store_row(pixel: u32, group: u32, column: u32, row: vec4f) {
  if (pixel >= BATCH * RESULT_H * RESULT_W || column >= COLUMNS) { return; }
  let at = (pixel * GROUPS + group) * COLUMNS + column;
  store_y(at, row.x);
  if (column + 1u < COLUMNS) { store_y(at + 1u, row.y); }
  if (column + 2u < COLUMNS) { store_y(at + 2u, row.z); }
  if (column + 3u < COLUMNS) { store_y(at + 3u, row.w); }
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let id = (workgroup.y * workgroups.x + workgroup.x) * 64u + local;
  let width = select(4u, 8u, WIDE);
  let phases = vec2u(u32(PHASES_H), u32(PHASES_W));
  let rows = (RESULT_H + phases.x - 1u) / phases.x; // of one phase, where it has most
  let columns = (RESULT_W + phases.y - 1u) / phases.y;
  let column_tiles = (COLUMNS + width - 1u) / width;
  let pixel_tiles = (BATCH * rows * columns + 7u) / 8u;

  let first_column = id % column_tiles * width;
  let m = id / column_tiles % pixel_tiles * 8u;
  let group = id / column_tiles / pixel_tiles % GROUPS;
  let phase_index = id / column_tiles / pixel_tiles / GROUPS;
  let phase = vec2u(phase_index / phases.y, phase_index % phases.y);
  if (phase.x >= phases.x) { return; }

  let a = pixels_at(m, rows, columns);
  let b = pixels_at(m + 4u, rows, columns);
  let c = vec4u(first_column) + vec4u(0u, 1u, 2u, 3u);
  let c0 = min(c, vec4u(COLUMNS - 1u)) * W_COLUMN + group * W_GROUP;
  let c1 = min(c + 4u, vec4u(COLUMNS - 1u)) * W_COLUMN + group * W_GROUP;
  let first_h = first_tap(i32(phase.x), TAPS_H, DILATION_H, PADDING_H, PHASES_H);
  let first_w = first_tap(i32(phase.y), TAPS_W, DILATION_W, PADDING_W, PHASES_W);

  var a0 = mat4x4f();
  var a1 = mat4x4f();
  var b0 = mat4x4f();
  var b1 = mat4x4f();
  for (var kh = first_h; kh < TAPS_H; kh += TAP_STEP_H) {
    let offset_h = (i32(phase.x) + kh * DILATION_H - PADDING_H) / PHASES_H;
    for (var kw = first_w; kw < TAPS_W; kw += TAP_STEP_W) {
      let offset_w = (i32(phase.y) + kw * DILATION_W - PADDING_W) / PHASES_W;
      let a_inside = inside(a.row + offset_h, a.column + offset_w);
      let b_inside = inside(b.row + offset_h, b.column + offset_w);
      let a_pixel = ((a.image + a.row + offset_h) * i32(SOURCE_W) + a.column + offset_w) * i32(GROUPS * DEPTH);
      let b_pixel = ((b.image + b.row + offset_h) * i32(SOURCE_W) + b.column + offset_w) * i32(GROUPS * DEPTH);
      let a_from = select(vec4u(), vec4u(a_pixel), a_inside) + group * DEPTH;
      let b_from = select(vec4u(), vec4u(b_pixel), b_inside) + group * DEPTH;
      var weight = u32(kh * TAPS_W + kw) * W_TAP;
      for (var d = 0u; d < DEPTH; d++) {
        let x_a = source_at(a_from, a_inside, d);
        let x_b = source_at(b_from, b_inside, d);
        let w_0 = weights_at(c0, weight);
        a0 += pixels_by_channels(x_a, w_0);
        b0 += pixels_by_channels(x_b, w_0);
        if (WIDE) {
          let w_1 = weights_at(c1, weight);
          a1 += pixels_by_channels(x_a, w_1);
          b1 += pixels_by_channels(x_b, w_1);
        }
        weight += W_DEPTH;
      }
    }
  }

  for (var r = 0u; r < 4u; r++) {
    let a_result = result_pixel(m + r, rows, columns, phase);
    let b_result = result_pixel(m + 4u + r, rows, columns, phase);
    store_row(a_result, group, first_column, a0[r]);
    store_row(b_result, group, first_column, b0[r]);
    if (WIDE) {
      store_row(a_result, group, first_column + 4u, a1[r]);
      store_row(b_result, group, first_column + 4u, b1[r]);
    }
  }
}
