// y = op(a) · op(b) by tiles in workgroup memory: a workgroup of THREADS_M × THREADS_N invocations computes a tile of
// 4 · THREADS_M rows and 4 · THREADS_N columns, each invocation 4 × 4 of it in registers.
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
override THREADS_M: u32;
override THREADS_N: u32;
override TILE_K: u32;

// (TILE_K, tile rows / 4) and (TILE_K, tile columns / 4). One vec4f of padding a row keeps invocations that store
// the same quad of neighbouring k off each other's memory banks.
var<workgroup> a_tile: array<vec4f, TILE_K * (THREADS_M + 1u)>;
var<workgroup> b_tile: array<vec4f, TILE_K * (THREADS_N + 1u)>;

fn store_y(i: u32, value: f32) { y[i] = value; }

// Fills the tiles with k in [k, k + TILE_K), zeros from k_end on. Neighbouring invocations read neighbouring memory:
// along k where k is contiguous, else along the rows or columns. Rows and columns past the end repeat the last one.
fn load_tiles(lane: u32, a_first: u32, b_first: u32, m: u32, n: u32, k: u32, k_end: u32) {
  for (var i = lane; i < TILE_K * THREADS_M; i += THREADS_M * THREADS_N) {
    let quad = select(i % THREADS_M, i / TILE_K, A_K_STRIDE == 1u);
    let row = select(i / THREADS_M, i % TILE_K, A_K_STRIDE == 1u);
    var value = vec4f();
    if (k + row < k_end) {
      let first = m + 4u * quad;
      let at = min(vec4u(first, first + 1u, first + 2u, first + 3u), vec4u(M - 1u)) * A_M_STRIDE
        + a_first + (k + row) * A_K_STRIDE;
      value = vec4f(a[at.x], a[at.y], a[at.z], a[at.w]);
    }
    a_tile[row * (THREADS_M + 1u) + quad] = value;
  }
  for (var i = lane; i < TILE_K * THREADS_N; i += THREADS_M * THREADS_N) {
    let quad = select(i % THREADS_N, i / TILE_K, B_K_STRIDE == 1u);
    let row = select(i / THREADS_N, i % TILE_K, B_K_STRIDE == 1u);
    var value = vec4f();
    if (k + row < k_end) {
      let first = n + 4u * quad;
      let at = min(vec4u(first, first + 1u, first + 2u, first + 3u), vec4u(N - 1u)) * B_N_STRIDE
        + b_first + (k + row) * B_K_STRIDE;
      value = vec4f(b[at.x], b[at.y], b[at.z], b[at.w]);
    }
    b_tile[row * (THREADS_N + 1u) + quad] = value;
  }
}

fn store_row(matrix: u32, m: u32, n: u32, row: vec4f) {
  if (m >= M || n >= N) { return; }
  let at = (matrix * M + m) * N + n;
  store_y(at, row.x);
  if (n + 1u < N) { store_y(at + 1u, row.y); }
  if (n + 2u < N) { store_y(at + 2u, row.z); }
  if (n + 3u < N) { store_y(at + 3u, row.w); }
}

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) invocation: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tiles_n = (N + 4u * THREADS_N - 1u) / (4u * THREADS_N);
  let tiles_m = (M + 4u * THREADS_M - 1u) / (4u * THREADS_M);
  let tile = group.y * groups.x + group.x;
  let matrix = tile / (tiles_m * tiles_n);
  if (matrix >= BATCHES * SPLITS) { return; }
  let n = tile % tiles_n * (4u * THREADS_N);
  let m = tile / tiles_n % tiles_m * (4u * THREADS_M);

  let batch = matrix % BATCHES;
  let inner = batch % INNER;
  let middle = batch / INNER % MIDDLE;
  let outer = batch / INNER / MIDDLE;
  let k_first = matrix / BATCHES * K_PER_SPLIT;
  let k_end = min(k_first + K_PER_SPLIT, K);
  let a_first = outer * A_OUTER_STRIDE + middle * A_MIDDLE_STRIDE + inner * A_INNER_STRIDE;
  let b_first = outer * B_OUTER_STRIDE + middle * B_MIDDLE_STRIDE + inner * B_INNER_STRIDE;

  var y_rows = mat4x4f();
  for (var k = k_first; k < k_end; k += TILE_K) {
    load_tiles(lane, a_first, b_first, m, n, k, k_end);
    workgroupBarrier();
    for (var row = 0u; row < TILE_K; row++) {
      let a_column = a_tile[row * (THREADS_M + 1u) + invocation.y];
      let b_row = b_tile[row * (THREADS_N + 1u) + invocation.x];
      y_rows += mat4x4f(a_column.x * b_row, a_column.y * b_row, a_column.z * b_row, a_column.w * b_row);
    }
    workgroupBarrier();
  }
  let n_first = n + 4u * invocation.x;
  let m_first = m + 4u * invocation.y;
  store_row(matrix, m_first, n_first, y_rows[0]);
  store_row(matrix, m_first + 1u, n_first, y_rows[1]);
  store_row(matrix, m_first + 2u, n_first, y_rows[2]);
  store_row(matrix, m_first + 3u, n_first, y_rows[3]);
}
