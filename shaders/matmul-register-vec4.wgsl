// y = op(a) · op(b) by register tiles, as matmul-register.wgsl, with four numbers a load. K and the contiguous size of
// each operand (M or K of a, K or N of b) must be multiples of 4. An invocation computes 8 rows × 4 columns of y.
//
// a: (batch, M, K) or (batch, K, M) where A_TRANSPOSED; b: (batch, K, N) or (batch, N, K) where B_TRANSPOSED.
// y: (splits, batch, M, N); split s holds the sum over k in [s · K_PER_SPLIT, (s + 1) · K_PER_SPLIT).
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
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
override A_TRANSPOSED: bool;
override B_TRANSPOSED: bool;
override WORKGROUP: u32;

fn store_y(i: u32, value: f32) { y[i] = value; }

// Four rows of a at m (clamped: rows past the end are not stored) and four k: column i of the result is row m + i.
fn a_block(first: u32, m: u32, k: u32) -> mat4x4f {
  if (A_TRANSPOSED) {
    let at = (first + k * M + min(m, M - 4u)) / 4u;
    return transpose(mat4x4f(a[at], a[at + M / 4u], a[at + 2u * (M / 4u)], a[at + 3u * (M / 4u)]));
  }
  let at = (min(vec4u(m, m + 1u, m + 2u, m + 3u), vec4u(M - 1u)) * K + first + k) / 4u;
  return mat4x4f(a[at.x], a[at.y], a[at.z], a[at.w]);
}

// Four k and four columns of b at n: column i of the result is row k + i.
fn b_block(first: u32, k: u32, n: u32) -> mat4x4f {
  if (B_TRANSPOSED) {
    let at = (min(vec4u(n, n + 1u, n + 2u, n + 3u), vec4u(N - 1u)) * K + first + k) / 4u;
    return transpose(mat4x4f(b[at.x], b[at.y], b[at.z], b[at.w]));
  }
  let at = (first + k * N + n) / 4u;
  return mat4x4f(b[at], b[at + N / 4u], b[at + 2u * (N / 4u)], b[at + 3u * (N / 4u)]);
}

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
  let a_first = outer * A_OUTER_STRIDE + middle * A_MIDDLE_STRIDE + inner * A_INNER_STRIDE;
  let b_first = outer * B_OUTER_STRIDE + middle * B_MIDDLE_STRIDE + inner * B_INNER_STRIDE;

  var y_upper = mat4x4f();
  var y_lower = mat4x4f();
  for (var k = k_first; k < k_end; k += 4u) {
    let b_rows = b_block(b_first, k, n);
    y_upper += b_rows * a_block(a_first, m, k);
    if (M > 4u) { y_lower += b_rows * a_block(a_first, m + 4u, k); }
  }
  let rows = array(
    y_upper[0], y_upper[1], y_upper[2], y_upper[3],
    y_lower[0], y_lower[1], y_lower[2], y_lower[3],
  );
  store_tile(matrix, m, n, rows);
}
