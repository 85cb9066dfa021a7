// An LSTM over a whole sequence in one dispatch. A workgroup takes four samples, a lane of a vec4f each; a thread takes
// one hidden unit with its four gates. So each element of wh that is read serves four samples, neighbouring threads
// read neighbouring elements, the cell state never leaves its thread, and one barrier a step is enough.
//
// i, f, o = sigmoid, g = tanh of xw + h·wh;  c = f c + i g;  h = o tanh(c)
//
// Past the batch's end the lanes repeat the last sample and write the same values to the same place; but a hooked
// store must happen once.

override BATCH: u32 = 1;
override STEPS: u32 = 1;
override HIDDEN: u32 = 1; // at most 256
override REVERSE: bool = false;

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

var<workgroup> hidden: array<vec4f, 2 * HIDDEN>; // the state before the step and after it, in turn

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

  var h = initial_at(sample * HIDDEN + unit);
  var c = initial_at((BATCH + sample) * HIDDEN + unit);
  hidden[unit] = h;
  workgroupBarrier();

  for (var step = 0u; step < STEPS; step++) {
    let before = (step & 1u) * HIDDEN;
    let after = HIDDEN - before;
    let t = select(step, STEPS - (step + 1u), REVERSE);
    let row = sample * STEPS + t;

    var i = vec4f();
    var f = vec4f();
    var g = vec4f();
    var o = vec4f();
    var weight = unit;
    for (var k = 0u; k < HIDDEN; k++) {
      let hk = hidden[before + k];
      i += wh[weight] * hk;
      f += wh[weight + HIDDEN] * hk;
      g += wh[weight + 2u * HIDDEN] * hk;
      o += wh[weight + 3u * HIDDEN] * hk;
      weight += 4u * HIDDEN;
    }
    let gate = row * (4u * HIDDEN) + unit;
    i = gate_sigmoid(i + xw_at(gate));
    f = gate_sigmoid(f + xw_at(gate + HIDDEN));
    g = gate_tanh(g + xw_at(gate + 2u * HIDDEN));
    o = gate_sigmoid(o + xw_at(gate + 3u * HIDDEN));

    let inside = vec4i(i32(t)) < length;
    let state = row * HIDDEN + unit;
    set_previous(state, h);
    c = select(c, f * c + i * g, inside);
    h = select(h, o * gate_tanh(c), inside);
    hidden[after + unit] = h;
    set_states(state, select(vec4f(0.0), h, inside));

    let keep = row * (5u * HIDDEN) + unit;
    set_saved(keep, i);
    set_saved(keep + HIDDEN, f);
    set_saved(keep + 2u * HIDDEN, g);
    set_saved(keep + 3u * HIDDEN, o);
    set_saved(keep + 4u * HIDDEN, c);
    workgroupBarrier();
  }
  set_last(sample * HIDDEN + unit, h);
  set_last((BATCH + sample) * HIDDEN + unit, c);
}
