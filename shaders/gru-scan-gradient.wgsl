// The gradient of gru-scan.wgsl: the same tiles of four samples, the steps in the opposite order.
//
// dn = dh (1 - z) (1 - n²);  dz = dh (h - n) z (1 - z);  dr = (what r is multiplied with) r (1 - r)
// reset after:  dq = dn r, dr from dn q;            dh = dh z + (dr, dz, dq)·whᵀ
// reset before: dq = dn·whᵀ of the candidate, dr from dq h;  dh = dh z + dq r + (dr, dz)·whᵀ

override BATCH: u32 = 1;
override STEPS: u32 = 1;
override HIDDEN: u32 = 1; // at most 256
override REVERSE: bool = false; // as in the forward scan
override RESET_AFTER: bool = true;
override GROUP: u32 = (HIDDEN + 3) / 4;
override THREADS: u32 = 4 * GROUP;

@group(0) @binding(0) var<storage, read> wh_t: array<f32>; // (3H, H)
@group(0) @binding(1) var<storage, read> saved: array<f32>; // (B, T, 5H): r, z, n; the candidate's recurrent part; the state before
@group(0) @binding(2) var<storage, read> d_states: array<f32>; // (B, T, H)
@group(0) @binding(3) var<storage, read> d_last: array<f32>; // (B, H)
@group(0) @binding(4) var<storage, read> lengths: array<i32>; // (B)
@group(0) @binding(5) var<storage, read_write> d_xw: array<f32>; // (B, T, 3H), 0 past the length
@group(0) @binding(6) var<storage, read_write> d_hw: array<f32>; // (B, T, 3H), of the recurrent product with its bias
@group(0) @binding(7) var<storage, read_write> d_initial: array<f32>; // (B, H)

fn load_d_states(i: u32) -> f32 { return d_states[i]; }
fn load_d_last(i: u32) -> f32 { return d_last[i]; }
fn store_d_initial(i: u32, value: f32) { d_initial[i] = value; }

fn saved_at(i: vec4u) -> vec4f { return vec4f(saved[i.x], saved[i.y], saved[i.z], saved[i.w]); }

fn d_states_at(i: vec4u) -> vec4f {
  return vec4f(load_d_states(i.x), load_d_states(i.y), load_d_states(i.z), load_d_states(i.w));
}

fn d_last_at(i: vec4u) -> vec4f {
  return vec4f(load_d_last(i.x), load_d_last(i.y), load_d_last(i.z), load_d_last(i.w));
}

fn set_d_xw(i: vec4u, v: vec4f) {
  d_xw[i.x] = v.x;
  d_xw[i.y] = v.y;
  d_xw[i.z] = v.z;
  d_xw[i.w] = v.w;
}

fn set_d_hw(i: vec4u, v: vec4f) {
  d_hw[i.x] = v.x;
  d_hw[i.y] = v.y;
  d_hw[i.z] = v.z;
  d_hw[i.w] = v.w;
}

fn set_d_initial(i: vec4u, v: vec4f) {
  store_d_initial(i.x, v.x);
  if (i.y > i.x) { store_d_initial(i.y, v.y); }
  if (i.z > i.y) { store_d_initial(i.z, v.z); }
  if (i.w > i.z) { store_d_initial(i.w, v.w); }
}

// Gate by gate what is to be multiplied, then the four partial sums of each unit. Between two products a thread touches
// its own unit's elements alone, so that needs no barrier.
var<workgroup> tile: array<vec4f, 4 * THREADS>;

// Unit's element of (tile of the gates from first to end)·whᵀ, for four samples. A thread sums four units over a quarter
// of the depth, so that what it reads serves sixteen products; then each adds the quarters of its own unit.
fn through_weights(first: u32, end: u32, unit: u32) -> vec4f {
  workgroupBarrier();
  let quarter = unit / GROUP;
  let column = min(unit % GROUP + vec4u(0u, 1u, 2u, 3u) * GROUP, vec4u(HIDDEN - 1u));
  let start = quarter * GROUP;
  let stop = min(start + GROUP, HIDDEN);
  var x = vec4f();
  var y = vec4f();
  var z = vec4f();
  var w = vec4f();
  for (var gate = first; gate < end; gate++) {
    var row = (gate * HIDDEN + start) * HIDDEN;
    for (var k = start; k < stop; k++) {
      let value = tile[gate * THREADS + k];
      x += wh_t[row + column.x] * value;
      y += wh_t[row + column.y] * value;
      z += wh_t[row + column.z] * value;
      w += wh_t[row + column.w] * value;
      row += HIDDEN;
    }
  }
  workgroupBarrier();
  let part = quarter * THREADS + unit % GROUP;
  tile[part] = x;
  tile[part + GROUP] = y;
  tile[part + 2u * GROUP] = z;
  tile[part + 3u * GROUP] = w;
  workgroupBarrier();
  return tile[unit] + tile[THREADS + unit] + tile[2u * THREADS + unit] + tile[3u * THREADS + unit];
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) unit: u32,
) {
  let first = 4u * (group.y * groups.x + group.x);
  if (first >= BATCH) { return; }
  let sample = min(first + vec4u(0u, 1u, 2u, 3u), vec4u(BATCH - 1u));
  let length = vec4i(lengths[sample.x], lengths[sample.y], lengths[sample.z], lengths[sample.w]);
  let owner = unit < HIDDEN;

  var dh = vec4f();
  if (owner) { dh = d_last_at(sample * HIDDEN + unit); }
  for (var left = STEPS; left > 0u; left--) {
    let t = select(left - 1u, STEPS - left, REVERSE);
    let row = sample * STEPS + t;
    let inside = vec4i(i32(t)) < length;
    var r: vec4f;
    var q: vec4f;
    var h: vec4f;
    var d_r: vec4f;
    var d_z: vec4f;
    var d_n: vec4f;
    var d_q: vec4f;
    var direct: vec4f; // of dh, past the weights
    if (owner) {
      let kept = row * (5u * HIDDEN) + unit;
      r = saved_at(kept);
      let z = saved_at(kept + HIDDEN);
      let n = saved_at(kept + 2u * HIDDEN);
      q = saved_at(kept + 3u * HIDDEN);
      h = saved_at(kept + 4u * HIDDEN);
      let dh_step = dh + d_states_at(row * HIDDEN + unit);
      d_z = select(vec4f(), dh_step * (h - n) * z * (1.0 - z), inside);
      d_n = select(vec4f(), dh_step * (1.0 - z) * (1.0 - n * n), inside);
      direct = dh_step * z;
    }
    if (RESET_AFTER) {
      d_r = select(vec4f(), d_n * q * r * (1.0 - r), inside);
      d_q = d_n * r;
    } else {
      tile[2u * THREADS + unit] = d_n;
      let d_rh = through_weights(2u, 3u, unit);
      d_r = select(vec4f(), d_rh * h * r * (1.0 - r), inside);
      d_q = d_n;
      direct += d_rh * r;
    }
    tile[unit] = d_r;
    tile[THREADS + unit] = d_z;
    tile[2u * THREADS + unit] = d_q;
    if (owner) {
      let gate = row * (3u * HIDDEN) + unit;
      set_d_xw(gate, d_r);
      set_d_xw(gate + HIDDEN, d_z);
      set_d_xw(gate + 2u * HIDDEN, d_n);
      set_d_hw(gate, d_r);
      set_d_hw(gate + HIDDEN, d_z);
      set_d_hw(gate + 2u * HIDDEN, d_q);
    }
    let sum = through_weights(0u, select(2u, 3u, RESET_AFTER), unit);
    dh = select(dh, direct + sum, inside);
  }
  if (owner) { set_d_initial(sample * HIDDEN + unit, dh); }
}
