import type { AdapterProfile } from "../../gpu/device.ts";
import type { Position, ReduceKernel } from "../op.ts";
import type { Group, Rows } from "../passes/groups.ts";
import { type Call, sameShape, type Tensor } from "../tensor.ts";
import { baseOf } from "../views.ts";
import { Emitter } from "./emitter.ts";
import { linearGrid } from "./grid.ts";
import { Bindings, type KernelCode } from "./kernel-code.ts";
import { coordsPosition, flatPosition } from "./position.ts";
import { Scope } from "./scope.ts";

/** Threads a workgroup where each has a row; few on a software adapter, so that few rows occupy all its cores. */
const SERIAL_THREADS = { software: 8, hardware: 64 };

/**
 * Reductions of the same rows in stages, then what is computed from them. Each stage is a loop over the row that
 * computes every reduction whose inputs are ready; values a row and values an element are computed as soon as the
 * reductions they need are done; what is a row's is stored last, so that a row may be updated in place.
 *
 * Serial: one thread a row. Cooperative: one workgroup a row; its threads take every n-th column and combine their
 * parts in a tree, in a fixed order. Cooperative where rows are long and, on hardware, their elements adjacent
 * (neighbouring threads then read neighbouring words) or there are too few rows to fill the device.
 */
export function rowsCode(
  group: Group,
  outputs: readonly Tensor[],
  slots: ReadonlyMap<Tensor, number>,
  adapter: AdapterProfile,
): KernelCode {
  const rows = group.rows as Rows;
  const threads = threadsFor(rows, adapter);
  const bindings = new Bindings(slots);
  const emitter = new Emitter({
    computes: ({ call }) => group.members.has(call),
    load: (tensor, flat) => bindings.load(tensor, flat),
  });
  const scope = new Scope();
  const levels = levelsOf(group);
  const depth = Math.max(...levels.values());
  const members = [...group.members].sort((a, b) => a.id - b.id);
  const names = new Map(members.filter(({ op }) => op.kernel.kind === "reduce").map((call, k) => [call, `r${k}`]));
  const shared = new Set<string>();
  for (let level = 0; level <= depth; level++) {
    const reductions = members.filter((call) => call.op.kernel.kind === "reduce" && levels.get(call) === level);
    if (reductions.length > 0) stage(reductions);
    for (const call of members) {
      const [output] = call.outputs as [Tensor];
      if (call.op.kernel.kind === "reduce" || levels.get(call) !== level || !group.row.has(output)) continue;
      emitter.fix(output, emitter.value(output, flatPosition(output.shape, "row", scope), scope));
    }
  }
  elements();
  const rowOutputs = outputs.filter((output) => group.row.has(output));
  const stores = rowOutputs.map((output) =>
    bindings.store(output, "row", emitter.value(output, flatPosition(output.shape, "row", scope), scope)),
  );
  if (threads === 1) scope.lines.push(...stores);
  // Every thread has read what a row's update is written over, before the first one writes.
  else if (stores.length > 0) scope.lines.push(`storageBarrier();\nif (lane == 0u) {\n  ${stores.join("\n  ")}\n}`);

  const perGroup = threads === 1 ? (adapter.software ? SERIAL_THREADS.software : SERIAL_THREADS.hardware) : 1;
  const workgroups = linearGrid(Math.ceil(rows.rows / perGroup), adapter);
  const index = `group.x + group.y * ${workgroups[0]}u`;
  const row = threads === 1 ? `(${index}) * ${perGroup}u + lane` : index;
  const partials = [...shared].map((dtype) => `var<workgroup> partial_${dtype}: array<${dtype}, ${threads}>;\n`);
  const body = `${partials.join("")}@compute @workgroup_size(${threads === 1 ? perGroup : threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = ${row};
  if (row >= ${rows.rows}u) { return; }
${scope.text()}}
`;
  const variant = threads === 1 ? "rows serial" : `rows cooperative ${threads}`;
  return { variant, body, constants: {}, workgroups, bindings: bindings.list };

  function stage(reductions: readonly Call[]): void {
    const loop = new Scope(scope);
    const updates: string[] = [];
    for (const call of reductions) {
      const kernel = call.op.kernel as ReduceKernel<unknown>;
      const [output] = call.outputs as [Tensor];
      const name = names.get(call) as string;
      scope.lines.push(`var ${name}: ${output.dtype} = ${output.dtype}(${kernel.initial});`);
      if (rows.columns === 0) continue;
      const [input] = call.inputs as [Tensor];
      const value = emitter.value(input, at(input, loop), loop);
      updates.push(`${name} = ${kernel.combine(name, value)};`);
    }
    loop.lines.push(...updates);
    if (rows.columns > 0) scope.lines.push(loopOver(loop));
    for (const call of reductions) {
      const [output] = call.outputs as [Tensor];
      emitter.fix(output, threads === 1 ? (names.get(call) as string) : combined(call, output));
    }
  }

  /** Combines the threads' parts; every thread gets the result. */
  function combined(call: Call, { dtype }: Tensor): string {
    const kernel = call.op.kernel as ReduceKernel<unknown>;
    const part = `partial_${dtype}`;
    const name = names.get(call) as string;
    shared.add(dtype);
    scope.lines.push(`workgroupBarrier();
${part}[lane] = ${name};
workgroupBarrier();
for (var half = ${threads / 2}u; half > 0u; half /= 2u) {
  if (lane < half) { ${part}[lane] = ${kernel.combine(`${part}[lane]`, `${part}[lane + half]`)}; }
  workgroupBarrier();
}
let all_${name} = ${part}[0];`);
    return `all_${name}`;
  }

  function elements(): void {
    const written = outputs.filter((output) => group.element.has(output) && !group.row.has(output));
    if (written.length === 0 || rows.columns === 0) return;
    const loop = new Scope(scope);
    const values = written.map((output) => emitter.value(output, at(output, loop), loop));
    const flat = position(loop).flat;
    loop.lines.push(...written.map((output, k) => bindings.store(output, flat, values[k] as string)));
    scope.lines.push(loopOver(loop));
  }

  function loopOver(loop: Scope): string {
    const [start, step] = threads === 1 ? ["0u", "1u"] : ["lane", `${threads}u`];
    return `for (var column = ${start}; column < ${rows.columns}u; column += ${step}) {\n${loop.text()}}`;
  }

  function position(loop: Scope): Position {
    return elementPosition(rows, scope, loop);
  }

  function at(tensor: Tensor, loop: Scope): Position {
    const here = position(loop);
    return sameShape(tensor.shape, rows.shape) ? here : flatPosition(tensor.shape, here.flat, loop);
  }
}

/** Where the element at (row, column) lies in what is reduced. Runs of kept or reduced axes are one axis each. */
function elementPosition(rows: Rows, outer: Scope, loop: Scope): Position {
  const runs: { isReduced: boolean; size: number; axes: number }[] = [];
  for (const [axis, size] of rows.shape.entries()) {
    if (size === 1) continue;
    const isReduced = rows.axes.includes(axis);
    const last = runs.at(-1);
    if (last?.isReduced === isReduced) {
      last.size *= size;
      last.axes++;
    } else runs.push({ isReduced, size, axes: 1 });
  }
  const along = (isReduced: boolean, name: string, scope: Scope) => {
    const sizes = runs.filter((run) => run.isReduced === isReduced).map(({ size }) => size);
    return [...flatPosition(sizes, name, scope).coords];
  };
  const kept = along(false, "row", outer);
  const reduced = along(true, "column", loop);
  const coords = runs.map(({ isReduced }) => (isReduced ? reduced : kept).shift() as string);
  const { flat } = coordsPosition(
    runs.map(({ size }) => size),
    coords,
  );
  const isExact = runs.every(({ axes }) => axes === 1);
  return {
    get flat() {
      return loop.bind("u32", flat);
    },
    get coords() {
      if (!isExact) return flatPosition(rows.shape, loop.bind("u32", flat), loop).coords;
      const rest = [...coords];
      return rows.shape.map((size) => (size === 1 ? "0u" : (rest.shift() as string)));
    },
  };
}

/** Per member, how many reductions stand one behind another up to it. */
function levelsOf(group: Group): Map<Call, number> {
  const levels = new Map<Call, number>();
  for (const call of [...group.members].sort((a, b) => a.id - b.id)) {
    const below = Math.max(0, ...call.inputs.map((input) => levels.get(baseOf(input).call) ?? 0));
    levels.set(call, call.op.kernel.kind === "reduce" ? below + 1 : below);
  }
  return levels;
}

/** Threads a row: 1 for serial. */
function threadsFor({ rows, columns, trailing }: Rows, adapter: AdapterProfile): number {
  const isLong = adapter.software ? rows < 8 && columns >= 512 : columns >= 32 && (trailing || rows < 4096);
  if (!isLong) return 1;
  const wish = 2 ** Math.ceil(Math.log2(columns / 4));
  return Math.min(Math.max(wish, 32), 256, adapter.maxInvocations);
}
