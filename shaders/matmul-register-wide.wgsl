// y = op(a) · op(b) by register tiles, as matmul-register-vec4.wgsl, but 16 rows × 16 columns an invocation: half as many
// loads a product, and more sums than a GPU has registers for; a software adapter keeps them in its cache.
// K and the contiguous size of each operand (M or K of a, K or N of b) must be multiples of 4.
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

// The sums in blocks of 4 × 4: block 4 i + j has rows 4 i … 4 i + 3, as columns of the matrix, and columns 4 j … 4 j + 3.
var<private> sums: array<mat4x4f, 16>;

// Four rows of a at m (clamped: rows past the end are not stored) and four k: column i of the result is row m + i.
fn a_block(first: u32, m: u32, k: u32) -> mat4x4f {
  if (A_TRANSPOSED) {
    let at = (first + k * M + min(m, M - 4u)) / 4u;
    return transpose(mat4x4f(a[at], a[at + M / 4u], a[at + 2u * (M / 4u)], a[at + 3u * (M / 4u)]));
  }
  let at = (min(vec4u(m, m + 1u, m + 2u, m + 3u), vec4u(M - 1u)) * K + first + k) / 4u;
  return mat4x4f(a[at.x], a[at.y], a[at.z], a[at.w]);
}

// Four k and four columns of b at n (clamped likewise): column i of the result is row k + i.
fn b_block(first: u32, k: u32, n: u32) -> mat4x4f {
  if (B_TRANSPOSED) {
    let at = (min(vec4u(n, n + 1u, n + 2u, n + 3u), vec4u(N - 1u)) * K + first + k) / 4u;
    return transpose(mat4x4f(b[at.x], b[at.y], b[at.z], b[at.w]));
  }
  let at = (first + k * N + min(n, N - 4u)) / 4u;
  return mat4x4f(b[at], b[at + N / 4u], b[at + 2u * (N / 4u)], b[at + 3u * (N / 4u)]);
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tiles_n = (N + 15u) / 16u;
  let tiles_m = (M + 15u) / 16u;
  let tile = (group.y * groups.x + group.x) * WORKGROUP + lane;
  let matrix = tile / (tiles_m * tiles_n);
  if (matrix >= BATCHES * SPLITS) { return; }
  let n = tile % tiles_n * 16u;
  let m = tile / tiles_n % tiles_m * 16u;

  let batch = matrix % BATCHES;
  let inner = batch % INNER;
  let middle = batch / INNER % MIDDLE;
  let outer = batch / INNER / MIDDLE;
  let k_first = matrix / BATCHES * K_PER_SPLIT;
  let k_end = min(k_first + K_PER_SPLIT, K);
  let a_first = outer * A_OUTER_STRIDE + middle * A_MIDDLE_STRIDE + inner * A_INNER_STRIDE;
  let b_first = outer * B_OUTER_STRIDE + middle * B_MIDDLE_STRIDE + inner * B_INNER_STRIDE;

  for (var k = k_first; k < k_end; k += 4u) {
    let b0 = b_block(b_first, k, n);
    let b1 = b_block(b_first, k, n + 4u);
    let b2 = b_block(b_first, k, n + 8u);
    let b3 = b_block(b_first, k, n + 12u);
    let a0 = a_block(a_first, m, k);
    sums[0] += b0 * a0;
    sums[1] += b1 * a0;
    sums[2] += b2 * a0;
    sums[3] += b3 * a0;
    let a1 = a_block(a_first, m + 4u, k);
    sums[4] += b0 * a1;
    sums[5] += b1 * a1;
    sums[6] += b2 * a1;
    sums[7] += b3 * a1;
    let a2 = a_block(a_first, m + 8u, k);
    sums[8] += b0 * a2;
    sums[9] += b1 * a2;
    sums[10] += b2 * a2;
    sums[11] += b3 * a2;
    let a3 = a_block(a_first, m + 12u, k);
    sums[12] += b0 * a3;
    sums[13] += b1 * a3;
    sums[14] += b2 * a3;
    sums[15] += b3 * a3;
  }
  // A loop, because what is fused into `store_y` stands in the code as often as it is called.
  for (var i = 0u; i < 256u; i++) {
    let row = m + i / 16u;
    let column = n + i % 16u;
    if (row < M && column < N) {
      store_y((matrix * M + row) * N + column, sums[i / 64u * 4u + i % 16u / 4u][i / 16u % 4u][i % 4u]);
    }
  }
}
