// A simple recurrent network over a whole sequence in one dispatch: h = activation(xw + h·wh). A workgroup takes four
// samples, a lane of a vec4f each; a thread keeps the state of one hidden unit.
//
// Past the batch's end the lanes repeat the last sample and write the same values to the same place; but a hooked
// store must happen once.

override BATCH: u32 = 1;
override STEPS: u32 = 1;
override HIDDEN: u32 = 1; // at most 256
override REVERSE: bool = false;
override RELU: bool = false; // else tanh
override GROUP: u32 = (HIDDEN + 3) / 4;
override THREADS: u32 = 4 * GROUP;

@group(0) @binding(0) var<storage, read> xw: array<f32>; // (B, T, H)
@group(0) @binding(1) var<storage, read> wh: array<f32>; // (H, H)
@group(0) @binding(2) var<storage, read> initial: array<f32>; // (B, H)
@group(0) @binding(3) var<storage, read> lengths: array<i32>; // (B)
@group(0) @binding(4) var<storage, read_write> states: array<f32>; // (B, T, H), 0 past the length
@group(0) @binding(5) var<storage, read_write> previous: array<f32>; // (B, T, H), the state before each step
@group(0) @binding(6) var<storage, read_write> last: array<f32>; // (B, H)

fn load_xw(i: u32) -> f32 { return xw[i]; }
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

// The states, which are to be multiplied, then the four partial sums of each unit. Between two products a thread touches
// its own unit's elements alone, so that needs no barrier.
var<workgroup> tile: array<vec4f, 4 * THREADS>;

// Unit's element of (tile of the gates from first to end)·wh, for four samples. A thread sums four units over a quarter
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
      x += wh[row + column.x] * value;
      y += wh[row + column.y] * value;
      z += wh[row + column.z] * value;
      w += wh[row + column.w] * value;
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

  var h = vec4f();
  if (owner) { h = initial_at(sample * HIDDEN + unit); }
  for (var step = 0u; step < STEPS; step++) {
    let t = select(step, STEPS - (step + 1u), REVERSE);
    let inside = vec4i(i32(t)) < length;
    let state = (sample * STEPS + t) * HIDDEN + unit;
    tile[unit] = h;
    let sum = through_weights(0u, 1u, unit);
    if (owner) {
      set_previous(state, h);
      let a = sum + xw_at(state);
      var y: vec4f;
      if (RELU) { y = gate_relu(a); } else { y = gate_tanh(a); }
      h = select(h, y, inside);
      set_states(state, select(vec4f(), h, inside));
    }
  }
  if (owner) { set_last(sample * HIDDEN + unit, h); }
}
