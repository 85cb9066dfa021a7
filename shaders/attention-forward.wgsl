// Scaled dot-product attention: y = softmax(q k^T · SCALE) v over the visible keys, with the softmax made on the way
// over the keys, so that no matrix of queries by keys is ever in memory. A query that sees no key gets zeros.
// lse is the log-sum-exp of the scaled scores, for the gradients; the lowest f32 for a query that sees no key.
//
// A workgroup owns 32 queries of one head. An invocation holds 4x4 blocks: of the scores of 32 keys, and of each
// 32 features of y. Sources: Milakov and Gimelshein, "Online normalizer calculation for softmax" (2018); Dao et al.,
// "FlashAttention" (2022).

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
@group(0) @binding(3) var<storage, read> keep: array<u32>; // keep: (B, S), 0 hides the key
@group(0) @binding(4) var<storage, read_write> y: array<f32>; // y: (B, Hq, T, D)
@group(0) @binding(5) var<storage, read_write> lse: array<f32>; // lse: (B, Hq, T)

fn load_q(i: u32) -> f32 { return q[i]; }
fn load_k(i: u32) -> f32 { return k[i]; }
fn load_v(i: u32) -> f32 { return v[i]; }
fn load_keep(i: u32) -> u32 { return keep[i]; }
fn store_y(i: u32, value: f32) { y[i] = value; }

const LOWEST = -0x1.fffffep+127f;

const TILE = 32u; // queries, keys and features of a tile
var<workgroup> left: array<vec4f, 256>; // (contracted, rows / 4)
var<workgroup> right: array<vec4f, 256>; // (contracted, columns / 4)
var<workgroup> partial: array<vec4f, 64>; // (columns / 4, rows / 4)

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

fn visible(batch: u32, query: u32, key: u32) -> bool {
  if (query >= QUERIES || key >= KEYS) { return false; }
  if (CAUSAL == 1u && key + QUERIES > query + KEYS) { return false; }
  return load_keep(batch * KEYS + key) != 0u;
}

fn largest(row: vec4f) -> f32 {
  return max(max(row.x, row.y), max(row.z, row.w));
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let id = group.y * groups.x + group.x;
  let blocks = (QUERIES + TILE - 1u) / TILE;
  let head = id / blocks; // of all batches
  if (head >= BATCHES * QUERY_HEADS) { return; }
  let batch = head / QUERY_HEADS;
  let key_head = batch * KEY_HEADS + (head % QUERY_HEADS) / (QUERY_HEADS / KEY_HEADS);
  let q_base = head * QUERIES * FEATURES;
  let k_base = key_head * KEYS * FEATURES;
  let first = (id % blocks) * TILE;
  let ty = local / 8u;
  let tx = local % 8u;

  var result: array<mat4x4f, 4>; // of each 32 features
  var maximum = vec4f(LOWEST); // of the four rows so far
  var total = vec4f(); // of exp(score - maximum) over this invocation's keys
  // Keys behind the last query of the block are seen by none of it.
  let seen = min(first + TILE, QUERIES) + KEYS;
  let keys = select(KEYS, select(0u, seen - QUERIES, seen > QUERIES), CAUSAL == 1u);
  for (var key = 0u; key < keys; key += TILE) {
    var scores = mat4x4f();
    for (var d = 0u; d < FEATURES; d += TILE) {
      columns_to_left(block_of_q(q_base, first + 4u * ty, d + 4u * tx), ty, tx);
      columns_to_right(block_of_k(k_base, key + 4u * ty, d + 4u * tx), ty, tx);
      workgroupBarrier();
      scores = multiply(scores, ty, tx);
      workgroupBarrier();
    }
    var highest = vec4f();
    for (var i = 0u; i < 4u; i++) {
      var row = scores[i] * SCALE;
      for (var j = 0u; j < 4u; j++) {
        if (!visible(batch, first + 4u * ty + i, key + 4u * tx + j)) { row[j] = LOWEST; }
      }
      scores[i] = row;
      highest[i] = largest(row);
    }
    partial[tx * 8u + ty] = highest;
    workgroupBarrier();
    for (var x = 0u; x < 8u; x++) { highest = max(highest, partial[x * 8u + ty]); }
    let raised = max(maximum, highest);
    let shrink = exp(maximum - raised);
    maximum = raised;
    total *= shrink;
    for (var i = 0u; i < 4u; i++) {
      // A hidden key is told by its score alone: where all are hidden, the difference would be 0.
      scores[i] = select(exp(scores[i] - raised[i]), vec4f(), scores[i] == vec4f(LOWEST));
      total[i] += dot(scores[i], vec4f(1.0));
    }
    columns_to_left(scores, ty, tx);
    for (var d = 0u; d < FEATURES; d += TILE) {
      rows_to_right(block_of_v(k_base, key + 4u * ty, d + 4u * tx), ty, tx);
      workgroupBarrier();
      var block = result[d / TILE];
      for (var i = 0u; i < 4u; i++) { block[i] *= shrink[i]; }
      result[d / TILE] = multiply(block, ty, tx);
      workgroupBarrier();
    }
  }

  partial[tx * 8u + ty] = total;
  workgroupBarrier();
  total = vec4f();
  for (var x = 0u; x < 8u; x++) { total += partial[x * 8u + ty]; }
  for (var i = 0u; i < 4u; i++) {
    let query = first + 4u * ty + i;
    if (query >= QUERIES) { break; }
    let none = total[i] == 0.0;
    if (tx == 0u) { lse[head * QUERIES + query] = select(maximum[i] + log(total[i]), LOWEST, none); }
    for (var d = 4u * tx; d < FEATURES; d += TILE) {
      let features = select(result[d / TILE][i] / total[i], vec4f(), none);
      for (var j = 0u; j < min(FEATURES - d, 4u); j++) { store_y(q_base + query * FEATURES + d + j, features[j]); }
    }
  }
}
