// Running sums along the middle axis of x. One workgroup a row: it takes LANES elements at a time, sums them by doubling
// distances (Hillis and Steele) and carries their total on to the next.

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

const LANES = 256u;
var<workgroup> sums: array<f32, LANES>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.y * groups.x + group.x;
  if (row >= OUTER * INNER) { return; }
  let start = row / INNER * N * INNER + row % INNER;
  var carried = f32(0);
  for (var block = 0u; block < N; block += LANES) {
    let step = block + lane;
    let inside = step < N;
    let place = start + select(step, N - 1u - step, REVERSE == 1u) * INNER;
    var total = f32(0);
    if (inside) { total = load_x(place); }
    sums[lane] = total;
    workgroupBarrier();
    for (var distance = 1u; distance < LANES; distance *= 2u) {
      if (lane >= distance) { total += sums[lane - distance]; }
      workgroupBarrier();
      sums[lane] = total;
      workgroupBarrier();
    }
    // The sum before this lane is that of the lane before it: taking the element off again would round.
    var before = carried;
    if (lane > 0u) { before += sums[lane - 1u]; }
    if (inside) { store_y(place, select(carried + total, before, EXCLUSIVE == 1u)); }
    carried += sums[LANES - 1u];
    workgroupBarrier();
  }
}
