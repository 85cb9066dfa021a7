// The gradients of attention for the keys and values: with p = exp(q k^T · SCALE - lse) made again block by block,
// dv = p^T dy, ds = p · (dy v^T - delta) · SCALE and dk = ds^T q, summed over the query heads that share the key head.
// A workgroup owns 32 keys of one key head; the order of its sums is fixed. The padding mask has no part in this:
// what a hidden key gets here depends on no other key and is replaced by zeros afterwards.

override BATCHES: u32; // B
override QUERY_HEADS: u32; // Hq, a multiple of Hk
override KEY_HEADS: u32; // Hk
override QUERIES: u32; // T
override KEYS: u32; // S
override FEATURES: u32; // D, at most 128
override SCALE: f32;
override CAUSAL: u32; // 1: query t sees the keys s with s + T <= t + S

@group(0) @binding(0) var<storage, read> q: array<f32>; // q: (B, Hq, T, D)
@group(0) @binding(1) var<storage, read> k: array<f32>; // k: (B, Hk, S, D)
@group(0) @binding(2) var<storage, read> v: array<f32>; // v: (B, Hk, S, D)
@group(0) @binding(3) var<storage, read> dy: array<f32>; // dy: (B, Hq, T, D)
@group(0) @binding(4) var<storage, read> lse: array<f32>; // lse: (B, Hq, T)
@group(0) @binding(5) var<storage, read> delta: array<f32>; // delta: (B, Hq, T), the sum of dy · y over the features
@group(0) @binding(6) var<storage, read_write> dk: array<f32>; // dk: (B, Hk, S, D)
@group(0) @binding(7) var<storage, read_write> dv: array<f32>; // dv: (B, Hk, S, D)

fn load_q(i: u32) -> f32 { return q[i]; }
fn load_k(i: u32) -> f32 { return k[i]; }
fn load_v(i: u32) -> f32 { return v[i]; }
fn load_dy(i: u32) -> f32 { return dy[i]; }
fn store_dk(i: u32, value: f32) { dk[i] = value; }
fn store_dv(i: u32, value: f32) { dv[i] = value; }

const TILE = 32u; // queries, keys and features of a tile
var<workgroup> left: array<vec4f, 256>; // (contracted, rows / 4)
var<workgroup> right: array<vec4f, 256>; // (contracted, columns / 4)

// Adds left^T right to the 4x4 block of rows 4 ty … and columns 4 tx …; each vector of the matrix is one row.
fn multiply(sum: mat4x4f, ty: u32, tx: u32) -> mat4x4f {
  var block = sum;
  for (var k = 0u; k < TILE; k++) {
    let a = left[k * 8u + ty];
    let b = right[k * 8u + tx];
    block[0] += a.x * b;
    block[1] += a.y * b;
    block[2] += a.z * b;
    block[3] += a.w * b;
  }
  return block;
}

// A block of rows 4 y … and columns 4 x … goes into a tile with its columns contracted,
fn columns_to_left(block: mat4x4f, y: u32, x: u32) {
  let columns = transpose(block);
  for (var j = 0u; j < 4u; j++) { left[(4u * x + j) * 8u + y] = columns[j]; }
}

fn columns_to_right(block: mat4x4f, y: u32, x: u32) {
  let columns = transpose(block);
  for (var j = 0u; j < 4u; j++) { right[(4u * x + j) * 8u + y] = columns[j]; }
}

// or with its rows contracted.
fn rows_to_right(block: mat4x4f, y: u32, x: u32) {
  for (var i = 0u; i < 4u; i++) { right[(4u * y + i) * 8u + x] = block[i]; }
}

fn row_of_q(base: u32, row: u32, column: u32) -> vec4f {
  if (row >= QUERIES) { return vec4f(); }
  let i = base + row * FEATURES + column;
  let features = vec4f(load_q(i), load_q(i + 1u), load_q(i + 2u), load_q(i + 3u));
  return select(vec4f(), features, vec4u(column) + vec4u(0u, 1u, 2u, 3u) < vec4u(FEATURES));
}

fn row_of_k(base: u32, row: u32, column: u32) -> vec4f {
  if (row >= KEYS) { return vec4f(); }
  let i = base + row * FEATURES + column;
  let features = vec4f(load_k(i), load_k(i + 1u), load_k(i + 2u), load_k(i + 3u));
  return select(vec4f(), features, vec4u(column) + vec4u(0u, 1u, 2u, 3u) < vec4u(FEATURES));
}

fn row_of_v(base: u32, row: u32, column: u32) -> vec4f {
  if (row >= KEYS) { return vec4f(); }
  let i = base + row * FEATURES + column;
  let features = vec4f(load_v(i), load_v(i + 1u), load_v(i + 2u), load_v(i + 3u));
  return select(vec4f(), features, vec4u(column) + vec4u(0u, 1u, 2u, 3u) < vec4u(FEATURES));
}

fn row_of_dy(base: u32, row: u32, column: u32) -> vec4f {
  if (row >= QUERIES) { return vec4f(); }
  let i = base + row * FEATURES + column;
  let features = vec4f(load_dy(i), load_dy(i + 1u), load_dy(i + 2u), load_dy(i + 3u));
  return select(vec4f(), features, vec4u(column) + vec4u(0u, 1u, 2u, 3u) < vec4u(FEATURES));
}

fn block_of_q(base: u32, row: u32, column: u32) -> mat4x4f {
  return mat4x4f(
    row_of_q(base, row, column),
    row_of_q(base, row + 1u, column),
    row_of_q(base, row + 2u, column),
    row_of_q(base, row + 3u, column),
  );
}

fn block_of_k(base: u32, row: u32, column: u32) -> mat4x4f {
  return mat4x4f(
    row_of_k(base, row, column),
    row_of_k(base, row + 1u, column),
    row_of_k(base, row + 2u, column),
    row_of_k(base, row + 3u, column),
  );
}

fn block_of_v(base: u32, row: u32, column: u32) -> mat4x4f {
  return mat4x4f(
    row_of_v(base, row, column),
    row_of_v(base, row + 1u, column),
    row_of_v(base, row + 2u, column),
    row_of_v(base, row + 3u, column),
  );
}

fn block_of_dy(base: u32, row: u32, column: u32) -> mat4x4f {
  return mat4x4f(
    row_of_dy(base, row, column),
    row_of_dy(base, row + 1u, column),
    row_of_dy(base, row + 2u, column),
    row_of_dy(base, row + 3u, column),
  );
}

fn visible(query: u32, key: u32) -> bool {
  if (query >= QUERIES || key >= KEYS) { return false; }
  return CAUSAL == 0u || key + QUERIES <= query + KEYS;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let id = group.y * groups.x + group.x;
  let blocks = (KEYS + TILE - 1u) / TILE;
  let key_head = id / blocks; // of all batches
  if (key_head >= BATCHES * KEY_HEADS) { return; }
  let shared_by = QUERY_HEADS / KEY_HEADS;
  let k_base = key_head * KEYS * FEATURES;
  let first = (id % blocks) * TILE;
  let ty = local / 8u;
  let tx = local % 8u;

  var dk_result: array<mat4x4f, 4>; // of each 32 features
  var dv_result: array<mat4x4f, 4>;
  // Queries before the first key of the block see none of it.
  let unseen = select(0u, first + QUERIES - KEYS, CAUSAL == 1u && first + QUERIES > KEYS);
  for (var n = 0u; n < shared_by; n++) {
    let head = key_head * shared_by + n;
    let q_base = head * QUERIES * FEATURES;
    for (var query = unseen / TILE * TILE; query < QUERIES; query += TILE) {
      var scores = mat4x4f(); // keys by queries
      for (var d = 0u; d < FEATURES; d += TILE) {
        columns_to_left(block_of_k(k_base, first + 4u * ty, d + 4u * tx), ty, tx);
        columns_to_right(block_of_q(q_base, query + 4u * ty, d + 4u * tx), ty, tx);
        workgroupBarrier();
        scores = multiply(scores, ty, tx);
        workgroupBarrier();
      }
      var dp = mat4x4f();
      for (var d = 0u; d < FEATURES; d += TILE) {
        columns_to_left(block_of_v(k_base, first + 4u * ty, d + 4u * tx), ty, tx);
        columns_to_right(block_of_dy(q_base, query + 4u * ty, d + 4u * tx), ty, tx);
        workgroupBarrier();
        dp = multiply(dp, ty, tx);
        workgroupBarrier();
      }
      var p = mat4x4f();
      var ds = mat4x4f();
      for (var j = 0u; j < 4u; j++) {
        let column = query + 4u * tx + j;
        let row = head * QUERIES + min(column, QUERIES - 1u);
        let column_lse = lse[row];
        let column_delta = delta[row];
        for (var i = 0u; i < 4u; i++) {
          if (visible(column, first + 4u * ty + i)) {
            let weight = exp(scores[i][j] * SCALE - column_lse);
            p[i][j] = weight;
            ds[i][j] = weight * (dp[i][j] - column_delta) * SCALE;
          }
        }
      }
      columns_to_left(p, ty, tx);
      for (var d = 0u; d < FEATURES; d += TILE) {
        rows_to_right(block_of_dy(q_base, query + 4u * ty, d + 4u * tx), ty, tx);
        workgroupBarrier();
        dv_result[d / TILE] = multiply(dv_result[d / TILE], ty, tx);
        workgroupBarrier();
      }
      columns_to_left(ds, ty, tx);
      for (var d = 0u; d < FEATURES; d += TILE) {
        rows_to_right(block_of_q(q_base, query + 4u * ty, d + 4u * tx), ty, tx);
        workgroupBarrier();
        dk_result[d / TILE] = multiply(dk_result[d / TILE], ty, tx);
        workgroupBarrier();
      }
    }
  }

  for (var i = 0u; i < 4u; i++) {
    let key = first + 4u * ty + i;
    if (key >= KEYS) { break; }
    for (var d = 4u * tx; d < FEATURES; d += TILE) {
      let place = k_base + key * FEATURES + d;
      let dk_features = dk_result[d / TILE][i];
      let dv_features = dv_result[d / TILE][i];
      for (var j = 0u; j < min(FEATURES - d, 4u); j++) {
        store_dk(place + j, dk_features[j]);
        store_dv(place + j, dv_features[j]);
      }
    }
  }
}
