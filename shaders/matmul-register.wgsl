// y = op(a) · op(b) by register tiles: an invocation computes 8 rows × 4 columns of y by itself. No workgroup memory
// and no barrier, which is what software adapters want, and what small products want on any adapter.
//
// a: (batch, M, K), b: (batch, K, N), each through strides: a transposed or a broadcast operand costs no copy.
// y: (splits, batch, M, N); split s holds the sum over k in [s · K_PER_SPLIT, (s + 1) · K_PER_SPLIT).
@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;

override M: u32;
override N: u32;
override K: u32;
override K_PER_SPLIT: u32;
override BATCHES: u32;
override SPLITS: u32;
// The batch is (outer, MIDDLE, INNER); an operand that is broadcast over one of them has the stride 0 there.
override MIDDLE: u32;
override INNER: u32;
override A_OUTER_STRIDE: u32;
override A_MIDDLE_STRIDE: u32;
override A_INNER_STRIDE: u32;
override B_OUTER_STRIDE: u32;
override B_MIDDLE_STRIDE: u32;
override B_INNER_STRIDE: u32;
override A_M_STRIDE: u32;
override A_K_STRIDE: u32;
override B_K_STRIDE: u32;
override B_N_STRIDE: u32;
override WORKGROUP: u32;

fn store_y(i: u32, value: f32) { y[i] = value; }

// Four rows of y: its columns are y's rows.
fn outer_product(rows: vec4f, columns: vec4f) -> mat4x4f {
  return mat4x4f(rows.x * columns, rows.y * columns, rows.z * columns, rows.w * columns);
}

// The last rows and columns of a ragged tile read the last valid ones again and are not stored.
fn a_rows(m: u32) -> vec4u {
  return min(vec4u(m, m + 1u, m + 2u, m + 3u), vec4u(M - 1u)) * A_M_STRIDE;
}

fn b_columns(n: u32) -> vec4u {
  return min(vec4u(n, n + 1u, n + 2u, n + 3u), vec4u(N - 1u)) * B_N_STRIDE;
}

fn read_a(at: vec4u) -> vec4f { return vec4f(a[at.x], a[at.y], a[at.z], a[at.w]); }
fn read_b(at: vec4u) -> vec4f { return vec4f(b[at.x], b[at.y], b[at.z], b[at.w]); }

// A loop with one call, because what is fused into the store may be long (a whole optimizer step), and a compiler that
// gets it 32 times takes 32 times as long.
fn store_tile(matrix: u32, m: u32, n: u32, tile: array<vec4f, 8>) {
  var rows = tile;
  for (var i = 0u; i < 32u; i++) {
    let row = m + i / 4u;
    let column = n + i % 4u;
    if (row < M && column < N) { store_y((matrix * M + row) * N + column, rows[i / 4u][i % 4u]); }
  }
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  // Neighbouring invocations take neighbouring columns: they read the same a and adjacent b.
  let tiles_n = (N + 3u) / 4u;
  let tiles_m = (M + 7u) / 8u;
  let tile = (group.y * groups.x + group.x) * WORKGROUP + lane;
  let matrix = tile / (tiles_m * tiles_n);
  if (matrix >= BATCHES * SPLITS) { return; }
  let n = tile % tiles_n * 4u;
  let m = tile / tiles_n % tiles_m * 8u;

  let batch = matrix % BATCHES;
  let inner = batch % INNER;
  let middle = batch / INNER % MIDDLE;
  let outer = batch / INNER / MIDDLE;
  let k_first = matrix / BATCHES * K_PER_SPLIT;
  let k_end = min(k_first + K_PER_SPLIT, K);
  let a_first = outer * A_OUTER_STRIDE + middle * A_MIDDLE_STRIDE + inner * A_INNER_STRIDE + k_first * A_K_STRIDE;
  let b_first = outer * B_OUTER_STRIDE + middle * B_MIDDLE_STRIDE + inner * B_INNER_STRIDE + k_first * B_K_STRIDE;

  var a_upper = a_rows(m) + a_first;
  var a_lower = a_rows(m + 4u) + a_first;
  var b_at = b_columns(n) + b_first;
  var y_upper = mat4x4f();
  var y_lower = mat4x4f();
  for (var k = k_first; k < k_end; k++) {
    let b_row = read_b(b_at);
    y_upper += outer_product(read_a(a_upper), b_row);
    if (M > 4u) { y_lower += outer_product(read_a(a_lower), b_row); }
    a_upper += A_K_STRIDE;
    a_lower += A_K_STRIDE;
    b_at += B_K_STRIDE;
  }
  let rows = array(
    y_upper[0], y_upper[1], y_upper[2], y_upper[3],
    y_lower[0], y_lower[1], y_lower[2], y_lower[3],
  );
  store_tile(matrix, m, n, rows);
}
