// lstm-scan.wgsl for software adapters: a workgroup takes 16 samples, a thread eight hidden units with their four gates.
// So 48 elements read serve 512 products, where eight serve 16 there; a GPU has not the registers for so many sums, and
// not the threads this way.
//
// i, f, o = sigmoid, g = tanh of xw + h·wh;  c = f c + i g;  h = o tanh(c)
//
// Past the batch's end the lanes repeat the last sample and write the same values to the same place; but a hooked
// store must happen once.

override BATCH: u32 = 1;
override STEPS: u32 = 1;
override HIDDEN: u32 = 1; // at most 256
override REVERSE: bool = false;
override THREADS: u32 = (HIDDEN + 7) / 8;

@group(0) @binding(0) var<storage, read> xw: array<f32>; // (B, T, 4H), gates i, f, g, o
@group(0) @binding(1) var<storage, read> wh: array<f32>; // (H, 4H)
@group(0) @binding(2) var<storage, read> initial: array<f32>; // (2, B, H), h then c
@group(0) @binding(3) var<storage, read> lengths: array<i32>; // (B)
@group(0) @binding(4) var<storage, read_write> states: array<f32>; // (B, T, H), 0 past the length
@group(0) @binding(5) var<storage, read_write> saved: array<f32>; // (B, T, 5H), i, f, g, o and the cell after the step
@group(0) @binding(6) var<storage, read_write> previous: array<f32>; // (B, T, H), the state before each step
@group(0) @binding(7) var<storage, read_write> last: array<f32>; // (2, B, H), h then c

fn load_xw(i: u32) -> f32 { return xw[i]; }
fn load_initial(i: u32) -> f32 { return initial[i]; }
fn store_states(i: u32, value: f32) { states[i] = value; }
fn store_last(i: u32, value: f32) { last[i] = value; }

// The state, of a unit and quad q of the samples at 4 unit + q; 0 past the last unit.
var<workgroup> hidden: array<vec4f, 32 * THREADS>;
var<private> cell: array<vec4f, 32>; // of this thread's unit j and quad q at 4 j + q
// Of gate m, units 4 u to 4 u + 3 and quad q at 8 m + 4 u + q: a column a unit, a row a sample.
var<private> sums: array<mat4x4f, 32>;

fn xw_at(i: vec4u) -> vec4f { return vec4f(load_xw(i.x), load_xw(i.y), load_xw(i.z), load_xw(i.w)); }

fn wh_at(i: vec4u) -> vec4f { return vec4f(wh[i.x], wh[i.y], wh[i.z], wh[i.w]); }

fn initial_at(i: vec4u) -> vec4f {
  return vec4f(load_initial(i.x), load_initial(i.y), load_initial(i.z), load_initial(i.w));
}

fn set_states(i: vec4u, v: vec4f) {
  store_states(i.x, v.x);
  if (i.y > i.x) { store_states(i.y, v.y); }
  if (i.z > i.y) { store_states(i.z, v.z); }
  if (i.w > i.z) { store_states(i.w, v.w); }
}

fn set_saved(i: vec4u, v: vec4f) {
  saved[i.x] = v.x;
  saved[i.y] = v.y;
  saved[i.z] = v.z;
  saved[i.w] = v.w;
}

fn set_previous(i: vec4u, v: vec4f) {
  previous[i.x] = v.x;
  previous[i.y] = v.y;
  previous[i.z] = v.z;
  previous[i.w] = v.w;
}

fn set_last(i: vec4u, v: vec4f) {
  store_last(i.x, v.x);
  if (i.y > i.x) { store_last(i.y, v.y); }
  if (i.z > i.y) { store_last(i.z, v.z); }
  if (i.w > i.z) { store_last(i.w, v.w); }
}

// Rows k to k + 3 of wh at four columns, 0 past the end: column j of the result is a column of wh.
fn wh_block(k: u32, column: vec4u) -> mat4x4f {
  let end = vec4u(k, k + 1u, k + 2u, k + 3u) < vec4u(HIDDEN);
  let row = min(vec4u(k, k + 1u, k + 2u, k + 3u), vec4u(HIDDEN - 1u)) * (4u * HIDDEN);
  return transpose(mat4x4f(
    select(vec4f(), wh_at(row.x + column), end.x),
    select(vec4f(), wh_at(row.y + column), end.y),
    select(vec4f(), wh_at(row.z + column), end.z),
    select(vec4f(), wh_at(row.w + column), end.w),
  ));
}

// h·wh of eight units, the first four of which are given, into `sums`.
fn multiply(unit: vec4u) {
  let column0 = min(unit, vec4u(HIDDEN - 1u));
  let column1 = min(unit + 4u, vec4u(HIDDEN - 1u));
  var s = array<mat4x4f, 32>(); // indexed by constants alone, so that a compiler may take it apart
  for (var k = 0u; k < HIDDEN; k += 4u) {
    let at = 4u * k;
    let h0 = mat4x4f(hidden[at], hidden[at + 4u], hidden[at + 8u], hidden[at + 12u]);
    let h1 = mat4x4f(hidden[at + 1u], hidden[at + 5u], hidden[at + 9u], hidden[at + 13u]);
    let h2 = mat4x4f(hidden[at + 2u], hidden[at + 6u], hidden[at + 10u], hidden[at + 14u]);
    let h3 = mat4x4f(hidden[at + 3u], hidden[at + 7u], hidden[at + 11u], hidden[at + 15u]);
    let i0 = wh_block(k, column0);
    s[0] += h0 * i0;
    s[1] += h1 * i0;
    s[2] += h2 * i0;
    s[3] += h3 * i0;
    let i1 = wh_block(k, column1);
    s[4] += h0 * i1;
    s[5] += h1 * i1;
    s[6] += h2 * i1;
    s[7] += h3 * i1;
    let f0 = wh_block(k, column0 + HIDDEN);
    s[8] += h0 * f0;
    s[9] += h1 * f0;
    s[10] += h2 * f0;
    s[11] += h3 * f0;
    let f1 = wh_block(k, column1 + HIDDEN);
    s[12] += h0 * f1;
    s[13] += h1 * f1;
    s[14] += h2 * f1;
    s[15] += h3 * f1;
    let g0 = wh_block(k, column0 + 2u * HIDDEN);
    s[16] += h0 * g0;
    s[17] += h1 * g0;
    s[18] += h2 * g0;
    s[19] += h3 * g0;
    let g1 = wh_block(k, column1 + 2u * HIDDEN);
    s[20] += h0 * g1;
    s[21] += h1 * g1;
    s[22] += h2 * g1;
    s[23] += h3 * g1;
    let o0 = wh_block(k, column0 + 3u * HIDDEN);
    s[24] += h0 * o0;
    s[25] += h1 * o0;
    s[26] += h2 * o0;
    s[27] += h3 * o0;
    let o1 = wh_block(k, column1 + 3u * HIDDEN);
    s[28] += h0 * o1;
    s[29] += h1 * o1;
    s[30] += h2 * o1;
    s[31] += h3 * o1;
  }
  sums = s;
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let first = 16u * (group.y * groups.x + group.x);
  if (first >= BATCH) { return; }
  let quads = min(4u, (BATCH - first + 3u) / 4u); // that hold a sample
  let first_unit = 8u * thread;
  let units = min(8u, HIDDEN - first_unit); // that are there

  for (var q = 0u; q < quads; q++) {
    let sample = min(first + 4u * q + vec4u(0u, 1u, 2u, 3u), vec4u(BATCH - 1u));
    for (var j = 0u; j < units; j++) {
      let unit = first_unit + j;
      hidden[4u * unit + q] = initial_at(sample * HIDDEN + unit);
      cell[4u * j + q] = initial_at((BATCH + sample) * HIDDEN + unit);
    }
  }
  workgroupBarrier();

  for (var step = 0u; step < STEPS; step++) {
    let t = select(step, STEPS - (step + 1u), REVERSE);
    multiply(first_unit + vec4u(0u, 1u, 2u, 3u));
    workgroupBarrier();
    for (var q = 0u; q < quads; q++) {
      let sample = min(first + 4u * q + vec4u(0u, 1u, 2u, 3u), vec4u(BATCH - 1u));
      let inside = vec4i(i32(t)) < vec4i(lengths[sample.x], lengths[sample.y], lengths[sample.z], lengths[sample.w]);
      let row = sample * STEPS + t;
      for (var j = 0u; j < units; j++) {
        let unit = first_unit + j;
        let gate = row * (4u * HIDDEN) + unit;
        let block = j / 4u * 4u + q;
        let i = gate_sigmoid(sums[block][j % 4u] + xw_at(gate));
        let f = gate_sigmoid(sums[8u + block][j % 4u] + xw_at(gate + HIDDEN));
        let g = gate_tanh(sums[16u + block][j % 4u] + xw_at(gate + 2u * HIDDEN));
        let o = gate_sigmoid(sums[24u + block][j % 4u] + xw_at(gate + 3u * HIDDEN));

        let state = row * HIDDEN + unit;
        let before = hidden[4u * unit + q];
        set_previous(state, before);
        let c = select(cell[4u * j + q], f * cell[4u * j + q] + i * g, inside);
        let h = select(before, o * gate_tanh(c), inside);
        cell[4u * j + q] = c;
        hidden[4u * unit + q] = h;
        set_states(state, select(vec4f(0.0), h, inside));

        let keep = row * (5u * HIDDEN) + unit;
        set_saved(keep, i);
        set_saved(keep + HIDDEN, f);
        set_saved(keep + 2u * HIDDEN, g);
        set_saved(keep + 3u * HIDDEN, o);
        set_saved(keep + 4u * HIDDEN, c);
      }
    }
    workgroupBarrier();
  }
  for (var q = 0u; q < quads; q++) {
    let sample = min(first + 4u * q + vec4u(0u, 1u, 2u, 3u), vec4u(BATCH - 1u));
    for (var j = 0u; j < units; j++) {
      let unit = first_unit + j;
      set_last(sample * HIDDEN + unit, hidden[4u * unit + q]);
      set_last((BATCH + sample) * HIDDEN + unit, cell[4u * j + q]);
    }
  }
}
