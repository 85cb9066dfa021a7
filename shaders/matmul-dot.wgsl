// y = op(a) · op(b) for few rows or a small y: LANES_K invocations share the sum over k of 4 rows of one column, so
// that even a single column keeps many invocations busy. A y of few columns is computed as its transpose, through
// the strides.
//
// a: (batch, M, K), b: (batch, K, N), y: (splits, batch, M, N), each through strides.
// Split s holds the sum over k in [s · K_PER_SPLIT, (s + 1) · K_PER_SPLIT).
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
override Y_M_STRIDE: u32;
override Y_N_STRIDE: u32;
override LANES_N: u32;
override LANES_K: u32; // a power of two

// (LANES_K, LANES_N): the sums of four rows
var<workgroup> sums: array<vec4f, LANES_K * LANES_N>;

fn store_y(i: u32, value: f32) { y[i] = value; }

@compute @workgroup_size(LANES_K * LANES_N)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tiles_n = (N + LANES_N - 1u) / LANES_N;
  let tiles_m = (M + 3u) / 4u;
  let tile = group.y * groups.x + group.x;
  let matrix = tile / (tiles_m * tiles_n);
  if (matrix >= BATCHES * SPLITS) { return; }
  let m = tile / tiles_n % tiles_m * 4u;
  // Neighbouring invocations read neighbouring memory of b: along k where k is contiguous, else along the columns.
  let lane_n = select(lane % LANES_N, lane / LANES_K, B_K_STRIDE == 1u);
  let lane_k = select(lane / LANES_N, lane % LANES_K, B_K_STRIDE == 1u);
  let n = tile % tiles_n * LANES_N + lane_n;

  let batch = matrix % BATCHES;
  let inner = batch % INNER;
  let middle = batch / INNER % MIDDLE;
  let outer = batch / INNER / MIDDLE;
  let k_first = matrix / BATCHES * K_PER_SPLIT;
  let k_end = min(k_first + K_PER_SPLIT, K);
  let a_first = outer * A_OUTER_STRIDE + middle * A_MIDDLE_STRIDE + inner * A_INNER_STRIDE;
  let b_first = outer * B_OUTER_STRIDE + middle * B_MIDDLE_STRIDE + inner * B_INNER_STRIDE;

  // Rows and columns past the end read the last one again and are not stored.
  let a_rows = min(vec4u(m, m + 1u, m + 2u, m + 3u), vec4u(M - 1u)) * A_M_STRIDE + a_first;
  let b_column = min(n, N - 1u) * B_N_STRIDE + b_first;
  var sum = vec4f();
  for (var k = k_first + lane_k; k < k_end; k += LANES_K) {
    let b_value = b[b_column + k * B_K_STRIDE];
    let at = a_rows + k * A_K_STRIDE;
    if (M == 1u) {
      sum.x += a[at.x] * b_value;
    } else {
      sum += vec4f(a[at.x], a[at.y], a[at.z], a[at.w]) * b_value;
    }
  }
  sums[lane_k * LANES_N + lane_n] = sum;
  for (var reach = LANES_K / 2u; reach > 0u; reach /= 2u) {
    workgroupBarrier();
    if (lane_k < reach) {
      sums[lane_k * LANES_N + lane_n] += sums[(lane_k + reach) * LANES_N + lane_n];
    }
  }
  if (lane_k == 0u && n < N) {
    let total = sums[lane_n];
    let at = matrix * M * N + m * Y_M_STRIDE + n * Y_N_STRIDE;
    store_y(at, total.x);
    if (m + 1u < M) { store_y(at + Y_M_STRIDE, total.y); }
    if (m + 2u < M) { store_y(at + 2u * Y_M_STRIDE, total.z); }
    if (m + 3u < M) { store_y(at + 3u * Y_M_STRIDE, total.w); }
  }
}
