// The position of the winner along the middle axis of x, the first of several; NaN wins over every number.
// One workgroup an output element: for long axes with few outputs.

override OUTER: u32 = 1;
override N: u32 = 1;
override INNER: u32 = 1;
// 1 looks for the smallest, 0 for the largest.
override SMALLEST: u32 = 0;

@group(0) @binding(0) var<storage, read> x: array<f32>; // x: (OUTER, N, INNER)
@group(0) @binding(1) var<storage, read_write> y: array<i32>; // y: (OUTER, INNER)

fn load_x(i: u32) -> f32 { return x[i]; }
fn store_y(i: u32, value: i32) { y[i] = value; }

const LANES = 256u;
var<workgroup> values: array<f32, LANES>;
var<workgroup> winners: array<u32, LANES>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = group.y * groups.x + group.x;
  if (output >= OUTER * INNER) { return; }
  let start = output / INNER * N * INNER + output % INNER;

  // Each lane takes every LANES-th element; a lane past the end repeats the last element, which changes no result.
  var winner = min(lane, N - 1u);
  var best = load_x(start + winner * INNER);
  for (var k = lane + LANES; k < N; k += LANES) {
    let value = load_x(start + k * INNER);
    if (beats_f32(value, best, SMALLEST == 1u)) {
      best = value;
      winner = k;
    }
  }
  values[lane] = best;
  winners[lane] = winner;
  workgroupBarrier();

  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    if (lane < half) {
      let value = values[lane + half];
      let position = winners[lane + half];
      let wins = beats_f32(value, values[lane], SMALLEST == 1u);
      let loses = beats_f32(values[lane], value, SMALLEST == 1u);
      if (wins || (!loses && position < winners[lane])) {
        values[lane] = value;
        winners[lane] = position;
      }
    }
    workgroupBarrier();
  }
  if (lane == 0u) { store_y(output, i32(winners[0])); }
}
