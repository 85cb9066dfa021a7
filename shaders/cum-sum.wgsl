// Running sums along the middle axis of x. One invocation a row, which walks along the axis.

override OUTER: u32 = 1;
override N: u32 = 1;
override INNER: u32 = 1;
// 1 leaves the element itself out of its sum.
override EXCLUSIVE: u32 = 0;
// 1 sums from the end.
override REVERSE: u32 = 0;

@group(0) @binding(0) var<storage, read> x: array<f32>; // x: (OUTER, N, INNER)
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // y: (OUTER, N, INNER)

fn load_x(i: u32) -> f32 { return x[i]; }
fn store_y(i: u32, value: f32) { y[i] = value; }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = (group.y * groups.x + group.x) * 64u + lane;
  if (row >= OUTER * INNER) { return; }
  let start = row / INNER * N * INNER + row % INNER;
  var total = f32(0);
  for (var step = 0u; step < N; step++) {
    let k = select(step, N - 1u - step, REVERSE == 1u);
    let before = total;
    total += load_x(start + k * INNER);
    store_y(start + k * INNER, select(total, before, EXCLUSIVE == 1u));
  }
}
