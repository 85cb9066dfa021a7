// y[part, r] = sum of updates[n] over the positions n of the part with indices[n] = r, added in the order of n.
// Each invocation owns up to four neighbouring columns of TILE_ROWS rows of one part, so nothing is shared and the
// bits never vary; it keeps the sum of the row it met last in registers.

override POSITIONS: u32; // N
override ROWS: u32;
override COLUMNS: u32; // elements of one update
override PARTS: u32; // slices of the positions that are summed apart
override TILE_ROWS: u32; // rows one invocation owns
override SIGNED: u32; // 1 where the indices are i32

@group(0) @binding(0) var<storage, read> indices: array<u32>; // indices: (N)
@group(0) @binding(1) var<storage, read> updates: array<f32>; // updates: (N, COLUMNS)
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // y: (PARTS, ROWS, COLUMNS)

fn load_indices(i: u32) -> u32 { return indices[i]; }
fn load_updates(i: u32) -> f32 { return updates[i]; }

// The row a position adds to: its index, clamped to the range.
fn row_at(n: u32) -> u32 {
  let index = bitcast<u32>(load_indices(n));
  let negative = SIGNED == 1u && (index >> 31u) == 1u;
  return select(min(index, ROWS - 1u), 0u, negative);
}

fn keep(place: u32, width: u32, sum: vec4f) {
  y[place] = sum.x;
  if (width > 1u) { y[place + 1u] = sum.y; }
  if (width > 2u) { y[place + 2u] = sum.z; }
  if (width > 3u) { y[place + 3u] = sum.w; }
}

fn stored(place: u32, width: u32) -> vec4f {
  var sum = vec4f(y[place], 0.0, 0.0, 0.0);
  if (width > 1u) { sum.y = y[place + 1u]; }
  if (width > 2u) { sum.z = y[place + 2u]; }
  if (width > 3u) { sum.w = y[place + 3u]; }
  return sum;
}

fn update_at(place: u32, width: u32) -> vec4f {
  var update = vec4f(load_updates(place), 0.0, 0.0, 0.0);
  if (width > 1u) { update.y = load_updates(place + 1u); }
  if (width > 2u) { update.z = load_updates(place + 2u); }
  if (width > 3u) { update.w = load_updates(place + 3u); }
  return update;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let id = (group.y * groups.x + group.x) * 64u + local;
  let quads = (COLUMNS + 3u) / 4u;
  let tiles = (ROWS + TILE_ROWS - 1u) / TILE_ROWS;
  let column = (id % quads) * 4u;
  let tile = (id / quads) % tiles;
  let part = id / quads / tiles;
  if (part >= PARTS) { return; }

  let width = min(COLUMNS - column, 4u);
  let first_row = tile * TILE_ROWS;
  let rows = min(ROWS - first_row, TILE_ROWS);
  let base = (part * ROWS + first_row) * COLUMNS + column;
  for (var r = 0u; r < rows; r++) { keep(base + r * COLUMNS, width, vec4f()); }

  let per_part = (POSITIONS + PARTS - 1u) / PARTS;
  let end = min((part + 1u) * per_part, POSITIONS);
  var current = 0u;
  var sum = vec4f();
  for (var n = part * per_part; n < end; n++) {
    let row = row_at(n) - first_row; // wraps round below the tile
    if (row >= rows) { continue; }
    if (row != current) {
      keep(base + current * COLUMNS, width, sum);
      current = row;
      sum = stored(base + row * COLUMNS, width);
    }
    sum += update_at(n * COLUMNS + column, width);
  }
  keep(base + current * COLUMNS, width, sum);
}
