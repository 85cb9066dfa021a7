// Weight gradient of a convolution by register tiles: dw[k, f] = Σ x[pixel under k] · dy[pixel, f] over the pixels of
// one split, where k is a tap and an input channel. Each invocation computes 8 k by 8 channels f (4 where WIDE is false)
// of one group, and shares nothing with the others.

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
override BORDER: bool; // whether windows reach outside of x
override WIDE: bool;
override LINES: u32; // of dy: batch · OUTPUT_H
override SPLITS: u32;
override SPLIT_LINES: u32; // lines of one split

@group(0) @binding(0) var<storage, read> x: array<f32>; // x: (N, IMAGE_H, IMAGE_W, GROUPS·DEPTH)
@group(0) @binding(1) var<storage, read> dy: array<f32>; // dy: (N, OUTPUT_H, OUTPUT_W, GROUPS·COLUMNS)
@group(0) @binding(2) var<storage, read_write> dw: array<f32>; // dw: (SPLITS, TAPS_H, TAPS_W, DEPTH, GROUPS·COLUMNS)

fn store_dw(i: u32, value: f32) { dw[i] = value; }

// Four neighbouring k: row and column of x under them for the output pixel (0, 0), and their input channel.
struct Rows {
  row: vec4i,
  column: vec4i,
  channel: vec4i,
}

fn rows_at(k: u32) -> Rows {
  let i = min(vec4u(k, k + 1u, k + 2u, k + 3u), vec4u(TAPS_H * TAPS_W * DEPTH - 1u));
  let tap = i / DEPTH;
  return Rows(
    vec4i(tap / TAPS_W) * DILATION_H - PADDING_H,
    vec4i(tap % TAPS_W) * DILATION_W - PADDING_W,
    vec4i(i % DEPTH),
  );
}

fn inside(position: vec4i, size: u32) -> vec4<bool> {
  if (!BORDER) { return vec4<bool>(true); }
  return vec4u(position) < vec4u(size);
}

fn x_at(i: vec4i, is_inside: vec4<bool>) -> vec4f {
  let at = select(vec4i(), i, is_inside);
  return select(vec4f(), vec4f(x[at.x], x[at.y], x[at.z], x[at.w]), is_inside);
}

fn dy_at(column: vec4u, i: u32) -> vec4f {
  let at = column + i;
  return vec4f(dy[at.x], dy[at.y], dy[at.z], dy[at.w]);
}

fn store_row(k: u32, split: u32, group: u32, column: u32, row: vec4f) {
  if (k >= TAPS_H * TAPS_W * DEPTH || column >= COLUMNS) { return; }
  let at = ((split * (TAPS_H * TAPS_W * DEPTH) + k) * GROUPS + group) * COLUMNS + column;
  store_dw(at, row.x);
  if (column + 1u < COLUMNS) { store_dw(at + 1u, row.y); }
  if (column + 2u < COLUMNS) { store_dw(at + 2u, row.z); }
  if (column + 3u < COLUMNS) { store_dw(at + 3u, row.w); }
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let id = (workgroup.y * workgroups.x + workgroup.x) * 64u + local;
  let width = select(4u, 8u, WIDE);
  let column_tiles = (COLUMNS + width - 1u) / width;
  let row_tiles = (TAPS_H * TAPS_W * DEPTH + 7u) / 8u;
  let first_column = id % column_tiles * width;
  let k = id / column_tiles % row_tiles * 8u;
  let group = id / column_tiles / row_tiles % GROUPS;
  let split = id / column_tiles / row_tiles / GROUPS;
  if (split >= SPLITS) { return; }

  let a = rows_at(k);
  let b = rows_at(k + 4u);
  let c = vec4u(first_column) + vec4u(0u, 1u, 2u, 3u);
  let c0 = min(c, vec4u(COLUMNS - 1u)) + group * COLUMNS;
  let c1 = min(c + 4u, vec4u(COLUMNS - 1u)) + group * COLUMNS;
  let channels = i32(GROUPS * DEPTH);

  var a0 = mat4x4f();
  var a1 = mat4x4f();
  var b0 = mat4x4f();
  var b1 = mat4x4f();
  let end = min((split + 1u) * SPLIT_LINES, LINES);
  for (var line = split * SPLIT_LINES; line < end; line++) {
    let a_row = a.row + i32(line % OUTPUT_H) * STRIDE_H;
    let b_row = b.row + i32(line % OUTPUT_H) * STRIDE_H;
    let a_inside_row = inside(a_row, IMAGE_H);
    let b_inside_row = inside(b_row, IMAGE_H);
    let image = i32(line / OUTPUT_H * IMAGE_H);
    let a_line = (image + a_row) * i32(IMAGE_W) * channels + a.channel + i32(group * DEPTH);
    let b_line = (image + b_row) * i32(IMAGE_W) * channels + b.channel + i32(group * DEPTH);
    for (var ow = 0u; ow < OUTPUT_W; ow++) {
      let a_column = a.column + i32(ow) * STRIDE_W;
      let b_column = b.column + i32(ow) * STRIDE_W;
      let x_a = x_at(a_line + a_column * channels, a_inside_row & inside(a_column, IMAGE_W));
      let x_b = x_at(b_line + b_column * channels, b_inside_row & inside(b_column, IMAGE_W));
      let pixel = (line * OUTPUT_W + ow) * (GROUPS * COLUMNS);
      let dy_0 = dy_at(c0, pixel);
      a0 += pixels_by_channels(x_a, dy_0);
      b0 += pixels_by_channels(x_b, dy_0);
      if (WIDE) {
        let dy_1 = dy_at(c1, pixel);
        a1 += pixels_by_channels(x_a, dy_1);
        b1 += pixels_by_channels(x_b, dy_1);
      }
    }
  }

  for (var r = 0u; r < 4u; r++) {
    store_row(k + r, split, group, first_column, a0[r]);
    store_row(k + 4u + r, split, group, first_column, b0[r]);
    if (WIDE) {
      store_row(k + r, split, group, first_column + 4u, a1[r]);
      store_row(k + 4u + r, split, group, first_column + 4u, b1[r]);
    }
  }
}
