// A GRU over a whole sequence in one dispatch. A workgroup takes four samples, a lane of a vec4f each; a thread takes one
// hidden unit with its three gates.
//
// r, z = sigmoid(xw + h·wh + b);  h = (1 - z) n + z h
// reset after:  q = h·wh + b, n = tanh(xw + r q)
// reset before: q = r h,      n = tanh(xw + q·wh + b)
//
// Past the batch's end the lanes repeat the last sample and write the same values to the same place; but a hooked
// store must happen once.

override BATCH: u32 = 1;
override STEPS: u32 = 1;
override HIDDEN: u32 = 1; // at most 256
override REVERSE: bool = false;
override RESET_AFTER: bool = true;

@group(0) @binding(0) var<storage, read> xw: array<f32>; // (B, T, 3H), gates r, z, n
@group(0) @binding(1) var<storage, read> wh: array<f32>; // (H, 3H)
@group(0) @binding(2) var<storage, read> recurrent_bias: array<f32>; // (3H)
@group(0) @binding(3) var<storage, read> initial: array<f32>; // (B, H)
@group(0) @binding(4) var<storage, read> lengths: array<i32>; // (B)
@group(0) @binding(5) var<storage, read_write> states: array<f32>; // (B, T, H), 0 past the length
@group(0) @binding(6) var<storage, read_write> saved: array<f32>; // (B, T, 5H): r, z, n; the candidate's recurrent part; the state before
@group(0) @binding(7) var<storage, read_write> last: array<f32>; // (B, H)

fn load_xw(i: u32) -> f32 { return xw[i]; }
fn load_recurrent_bias(i: u32) -> f32 { return recurrent_bias[i]; }
fn load_initial(i: u32) -> f32 { return initial[i]; }
fn store_states(i: u32, value: f32) { states[i] = value; }
fn store_last(i: u32, value: f32) { last[i] = value; }

fn xw_at(i: vec4u) -> vec4f { return vec4f(load_xw(i.x), load_xw(i.y), load_xw(i.z), load_xw(i.w)); }

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

fn set_last(i: vec4u, v: vec4f) {
  store_last(i.x, v.x);
  if (i.y > i.x) { store_last(i.y, v.y); }
  if (i.z > i.y) { store_last(i.z, v.z); }
  if (i.w > i.z) { store_last(i.w, v.w); }
}

// The state before the step and after it, in turn; then, where the reset comes before, r h.
var<workgroup> hidden: array<vec4f, 3 * HIDDEN>;

@compute @workgroup_size(HIDDEN)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) unit: u32,
) {
  let first = 4u * (group.y * groups.x + group.x);
  if (first >= BATCH) { return; }
  let sample = min(first + vec4u(0u, 1u, 2u, 3u), vec4u(BATCH - 1u));
  let length = vec4i(lengths[sample.x], lengths[sample.y], lengths[sample.z], lengths[sample.w]);

  let bias_r = load_recurrent_bias(unit);
  let bias_z = load_recurrent_bias(HIDDEN + unit);
  let bias_n = load_recurrent_bias(2u * HIDDEN + unit);
  var h = initial_at(sample * HIDDEN + unit);
  hidden[unit] = h;
  workgroupBarrier();

  for (var step = 0u; step < STEPS; step++) {
    let before = (step & 1u) * HIDDEN;
    let after = HIDDEN - before;
    let t = select(step, STEPS - (step + 1u), REVERSE);
    let row = sample * STEPS + t;

    var r = vec4f(bias_r);
    var z = vec4f(bias_z);
    var q = vec4f(bias_n);
    var weight = unit;
    for (var k = 0u; k < HIDDEN; k++) {
      let hk = hidden[before + k];
      r += wh[weight] * hk;
      z += wh[weight + HIDDEN] * hk;
      if (RESET_AFTER) { q += wh[weight + 2u * HIDDEN] * hk; }
      weight += 3u * HIDDEN;
    }
    let gate = row * (3u * HIDDEN) + unit;
    r = gate_sigmoid(r + xw_at(gate));
    z = gate_sigmoid(z + xw_at(gate + HIDDEN));

    var n = xw_at(gate + 2u * HIDDEN);
    if (RESET_AFTER) {
      n = gate_tanh(n + r * q);
    } else {
      hidden[2u * HIDDEN + unit] = r * h;
      workgroupBarrier();
      weight = 2u * HIDDEN + unit;
      for (var k = 0u; k < HIDDEN; k++) {
        q += wh[weight] * hidden[2u * HIDDEN + k];
        weight += 3u * HIDDEN;
      }
      n = gate_tanh(n + q);
      q = r * h;
    }

    let keep = row * (5u * HIDDEN) + unit;
    set_saved(keep, r);
    set_saved(keep + HIDDEN, z);
    set_saved(keep + 2u * HIDDEN, n);
    set_saved(keep + 3u * HIDDEN, q);
    set_saved(keep + 4u * HIDDEN, h);

    let inside = vec4i(i32(t)) < length;
    h = select(h, (1.0 - z) * n + z * h, inside);
    hidden[after + unit] = h;
    set_states(row * HIDDEN + unit, select(vec4f(), h, inside));
    workgroupBarrier();
  }
  set_last(sample * HIDDEN + unit, h);
}
