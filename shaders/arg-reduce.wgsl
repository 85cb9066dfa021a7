// The position of the winner along the middle axis of x, the first of several; NaN wins over every number.
// One invocation an output element, which walks along the axis.

override OUTER: u32 = 1;
override N: u32 = 1;
override INNER: u32 = 1;
// 1 looks for the smallest, 0 for the largest.
override SMALLEST: u32 = 0;

@group(0) @binding(0) var<storage, read> x: array<f32>; // x: (OUTER, N, INNER)
@group(0) @binding(1) var<storage, read_write> y: array<i32>; // y: (OUTER, INNER)

fn load_x(i: u32) -> f32 { return x[i]; }
fn store_y(i: u32, value: i32) { y[i] = value; }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = (group.y * groups.x + group.x) * 64u + lane;
  if (output >= OUTER * INNER) { return; }
  let start = output / INNER * N * INNER + output % INNER;
  var best = load_x(start);
  var winner = 0u;
  for (var k = 1u; k < N; k++) {
    let value = load_x(start + k * INNER);
    if (beats_f32(value, best, SMALLEST == 1u)) {
      best = value;
      winner = k;
    }
  }
  store_y(output, i32(winner));
}
