// lstm-scan-gradient.wgsl for software adapters: a workgroup takes 16 samples. In the product a thread sums 32 hidden
// units of them over a part of the depth: 48 elements read serve 512 products, where eight serve 16 there. Workgroup
// memory costs such an adapter what storage does, so the gradients of the gates are read back from d_xw.
//
// dc += dh o (1 - tanh²c);  di = dc g, df = dc c_previous, dg = dc i, do = dh tanh(c), each times its activation's
// derivative;  dc = dc f;  dh = (di, df, dg, do)·whᵀ

override BATCH: u32 = 1;
override STEPS: u32 = 1;
override HIDDEN: u32 = 1; // at most 256
override REVERSE: bool = false; // as in the forward scan
// Of the product's depth: as many as 16 KB hold the sums of.
override PARTS: u32 = select(select(4u, 2u, HIDDEN > 64u), 1u, HIDDEN > 128u);
override DEPTH: u32 = 4 * ((HIDDEN + PARTS - 1) / PARTS); // of a part
override TILES: u32 = (HIDDEN + 31) / 32; // of 32 units
override THREADS: u32 = TILES * PARTS;

@group(0) @binding(0) var<storage, read> wh_t: array<f32>; // (4H, H)
@group(0) @binding(1) var<storage, read> saved: array<f32>; // (B, T, 5H), i, f, g, o and the cell after the step
@group(0) @binding(2) var<storage, read> initial: array<f32>; // (2, B, H), h then c
@group(0) @binding(3) var<storage, read> d_states: array<f32>; // (B, T, H)
@group(0) @binding(4) var<storage, read> d_last: array<f32>; // (2, B, H)
@group(0) @binding(5) var<storage, read> lengths: array<i32>; // (B)
@group(0) @binding(6) var<storage, read_write> d_xw: array<f32>; // (B, T, 4H), 0 past the length
@group(0) @binding(7) var<storage, read_write> d_initial: array<f32>; // (2, B, H)

fn load_initial(i: u32) -> f32 { return initial[i]; }
fn load_d_states(i: u32) -> f32 { return d_states[i]; }
fn load_d_last(i: u32) -> f32 { return d_last[i]; }
fn store_d_initial(i: u32, value: f32) { d_initial[i] = value; }

fn saved_at(i: vec4u) -> vec4f { return vec4f(saved[i.x], saved[i.y], saved[i.z], saved[i.w]); }

fn initial_at(i: vec4u) -> vec4f {
  return vec4f(load_initial(i.x), load_initial(i.y), load_initial(i.z), load_initial(i.w));
}

fn d_states_at(i: vec4u) -> vec4f {
  return vec4f(load_d_states(i.x), load_d_states(i.y), load_d_states(i.z), load_d_states(i.w));
}

fn d_last_at(i: vec4u) -> vec4f {
  return vec4f(load_d_last(i.x), load_d_last(i.y), load_d_last(i.z), load_d_last(i.w));
}

fn wh_t_at(i: vec4u) -> vec4f { return vec4f(wh_t[i.x], wh_t[i.y], wh_t[i.z], wh_t[i.w]); }

fn d_xw_at(i: vec4u) -> vec4f { return vec4f(d_xw[i.x], d_xw[i.y], d_xw[i.z], d_xw[i.w]); }

fn set_d_xw(i: vec4u, v: vec4f) {
  d_xw[i.x] = v.x;
  d_xw[i.y] = v.y;
  d_xw[i.z] = v.z;
  d_xw[i.w] = v.w;
}

fn set_d_initial(i: vec4u, v: vec4f) {
  store_d_initial(i.x, v.x);
  if (i.y > i.x) { store_d_initial(i.y, v.y); }
  if (i.z > i.y) { store_d_initial(i.z, v.z); }
  if (i.w > i.z) { store_d_initial(i.w, v.w); }
}

// The sums of part p, of quad q of the samples and a unit, at (4 p + q) HIDDEN + unit.
var<workgroup> products: array<vec4f, 4 * PARTS * HIDDEN>;
// What a thread carries from step to step, of unit n % HIDDEN and quad n / HIDDEN for n = thread, thread + THREADS, …:
// at most 128 of them, where HIDDEN is 256.
var<private> dh: array<vec4f, 128>;
var<private> dc: array<vec4f, 128>;
// Of units 4 u to 4 u + 3 and quad q at 4 u + q: a column a unit, a row a sample.
var<private> sums: array<mat4x4f, 32>;

// Rows k to k + 3 of wh_t at four columns: column j of the result is a column of wh_t.
fn wh_t_block(k: u32, column: vec4u) -> mat4x4f {
  let row = vec4u(k, k + 1u, k + 2u, k + 3u) * HIDDEN;
  return transpose(mat4x4f(
    wh_t_at(row.x + column),
    wh_t_at(row.y + column),
    wh_t_at(row.z + column),
    wh_t_at(row.w + column),
  ));
}

// Elements k to k + 3 of four rows of d_xw, which are the rows of the result.
fn d_xw_block(row: vec4u, k: u32) -> mat4x4f {
  return mat4x4f(d_xw_at(row + k), d_xw_at(row + k + 1u), d_xw_at(row + k + 2u), d_xw_at(row + k + 3u));
}

// This part of (gradients of the gates in d_xw)·whᵀ, into `products`.
fn multiply(lanes: vec4u, t: u32, thread: u32) {
  let first = 32u * (thread % TILES);
  let part = thread / TILES;
  let unit = first + vec4u(0u, 1u, 2u, 3u);
  let unit0 = min(unit, vec4u(HIDDEN - 1u));
  let unit1 = min(unit + 4u, vec4u(HIDDEN - 1u));
  let unit2 = min(unit + 8u, vec4u(HIDDEN - 1u));
  let unit3 = min(unit + 12u, vec4u(HIDDEN - 1u));
  let unit4 = min(unit + 16u, vec4u(HIDDEN - 1u));
  let unit5 = min(unit + 20u, vec4u(HIDDEN - 1u));
  let unit6 = min(unit + 24u, vec4u(HIDDEN - 1u));
  let unit7 = min(unit + 28u, vec4u(HIDDEN - 1u));
  let row0 = (min(lanes, vec4u(BATCH - 1u)) * STEPS + t) * (4u * HIDDEN);
  let row1 = (min(lanes + 4u, vec4u(BATCH - 1u)) * STEPS + t) * (4u * HIDDEN);
  let row2 = (min(lanes + 8u, vec4u(BATCH - 1u)) * STEPS + t) * (4u * HIDDEN);
  let row3 = (min(lanes + 12u, vec4u(BATCH - 1u)) * STEPS + t) * (4u * HIDDEN);
  var s = array<mat4x4f, 32>(); // indexed by constants alone, so that a compiler may take it apart
  let stop = min(4u * HIDDEN, (part + 1u) * DEPTH);
  for (var k = part * DEPTH; k < stop; k += 4u) {
    let d0 = d_xw_block(row0, k);
    let d1 = d_xw_block(row1, k);
    let d2 = d_xw_block(row2, k);
    let d3 = d_xw_block(row3, k);
    let w0 = wh_t_block(k, unit0);
    s[0] += d0 * w0;
    s[1] += d1 * w0;
    s[2] += d2 * w0;
    s[3] += d3 * w0;
    let w1 = wh_t_block(k, unit1);
    s[4] += d0 * w1;
    s[5] += d1 * w1;
    s[6] += d2 * w1;
    s[7] += d3 * w1;
    let w2 = wh_t_block(k, unit2);
    s[8] += d0 * w2;
    s[9] += d1 * w2;
    s[10] += d2 * w2;
    s[11] += d3 * w2;
    let w3 = wh_t_block(k, unit3);
    s[12] += d0 * w3;
    s[13] += d1 * w3;
    s[14] += d2 * w3;
    s[15] += d3 * w3;
    let w4 = wh_t_block(k, unit4);
    s[16] += d0 * w4;
    s[17] += d1 * w4;
    s[18] += d2 * w4;
    s[19] += d3 * w4;
    let w5 = wh_t_block(k, unit5);
    s[20] += d0 * w5;
    s[21] += d1 * w5;
    s[22] += d2 * w5;
    s[23] += d3 * w5;
    let w6 = wh_t_block(k, unit6);
    s[24] += d0 * w6;
    s[25] += d1 * w6;
    s[26] += d2 * w6;
    s[27] += d3 * w6;
    let w7 = wh_t_block(k, unit7);
    s[28] += d0 * w7;
    s[29] += d1 * w7;
    s[30] += d2 * w7;
    s[31] += d3 * w7;
  }
  sums = s;
  for (var j = 0u; j < min(32u, HIDDEN - first); j++) {
    for (var q = 0u; q < 4u; q++) { products[(4u * part + q) * HIDDEN + first + j] = sums[j / 4u * 4u + q][j % 4u]; }
  }
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let first = 16u * (group.y * groups.x + group.x);
  if (first >= BATCH) { return; }
  let owned = min(4u, (BATCH - first + 3u) / 4u) * HIDDEN; // units of the quads that hold a sample
  let lanes = first + vec4u(0u, 1u, 2u, 3u);

  for (var n = thread; n < owned; n += THREADS) {
    let sample = min(lanes + 4u * (n / HIDDEN), vec4u(BATCH - 1u));
    dh[n / THREADS] = d_last_at(sample * HIDDEN + n % HIDDEN);
    dc[n / THREADS] = d_last_at((BATCH + sample) * HIDDEN + n % HIDDEN);
  }
  for (var left = STEPS; left > 0u; left--) {
    let t = select(left - 1u, STEPS - left, REVERSE);
    for (var n = thread; n < owned; n += THREADS) {
      let unit = n % HIDDEN;
      let sample = min(lanes + 4u * (n / HIDDEN), vec4u(BATCH - 1u));
      let inside = vec4i(i32(t)) < vec4i(lengths[sample.x], lengths[sample.y], lengths[sample.z], lengths[sample.w]);
      let row = sample * STEPS + t;
      let kept = row * (5u * HIDDEN) + unit;
      let i = saved_at(kept);
      let f = saved_at(kept + HIDDEN);
      let g = saved_at(kept + 2u * HIDDEN);
      let o = saved_at(kept + 3u * HIDDEN);
      let tanh_c = gate_tanh(saved_at(kept + 4u * HIDDEN));
      var c_previous: vec4f;
      if (left == 1u) {
        c_previous = initial_at((BATCH + sample) * HIDDEN + unit);
      } else {
        let row_before = sample * STEPS + select(t - 1u, t + 1u, REVERSE);
        c_previous = saved_at(row_before * (5u * HIDDEN) + 4u * HIDDEN + unit);
      }

      let dh_step = dh[n / THREADS] + d_states_at(row * HIDDEN + unit);
      let dc_step = dc[n / THREADS] + dh_step * o * (1.0 - tanh_c * tanh_c);
      let gate = row * (4u * HIDDEN) + unit;
      set_d_xw(gate, select(vec4f(), dc_step * g * i * (1.0 - i), inside));
      set_d_xw(gate + HIDDEN, select(vec4f(), dc_step * c_previous * f * (1.0 - f), inside));
      set_d_xw(gate + 2u * HIDDEN, select(vec4f(), dc_step * i * (1.0 - g * g), inside));
      set_d_xw(gate + 3u * HIDDEN, select(vec4f(), dh_step * tanh_c * o * (1.0 - o), inside));
      dc[n / THREADS] = select(dc[n / THREADS], dc_step * f, inside);
    }
    storageBarrier();
    multiply(lanes, t, thread);
    workgroupBarrier();
    for (var n = thread; n < owned; n += THREADS) {
      let sample = min(lanes + 4u * (n / HIDDEN), vec4u(BATCH - 1u));
      let inside = vec4i(i32(t)) < vec4i(lengths[sample.x], lengths[sample.y], lengths[sample.z], lengths[sample.w]);
      var sum = products[n];
      for (var part = 1u; part < PARTS; part++) { sum += products[4u * part * HIDDEN + n]; }
      dh[n / THREADS] = select(dh[n / THREADS], sum, inside);
    }
  }
  for (var n = thread; n < owned; n += THREADS) {
    let sample = min(lanes + 4u * (n / HIDDEN), vec4u(BATCH - 1u));
    set_d_initial(sample * HIDDEN + n % HIDDEN, dh[n / THREADS]);
    set_d_initial((BATCH + sample) * HIDDEN + n % HIDDEN, dc[n / THREADS]);
  }
}
