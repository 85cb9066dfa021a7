import { describe, expect, it } from "vitest";
import { rowsOf } from "./collect.ts";
import { createTrial, casesOf } from "./trial.ts";
import { buildCase } from "./case-graph.ts";
import { adversarialCases } from "./adversarial.ts";
import { createRandom } from "./random.ts";
import { casesPerOp } from "./coverage.ts";
import { HARDWARE } from "./profiles.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { callsOf } from "../../src/graph/traverse.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
const all = rowsOf(import.meta.glob(["./rows/elementwise.ts","./rows/binary.ts","./rows/compare.ts","./rows/reduce.ts","./rows/shape.ts","./rows/normalize.ts","./rows/losses.ts"], { eager: true }));
/** interpret with composites lowered & simplify applied */
function evalLowered(outs: readonly Tensor[], feed: any): NdArray[] {
  const values = new Map<Tensor, NdArray>(feed);
  const visit = (ts: readonly Tensor[]) => {
    for (const call of callsOf(ts)) {
      if (call.outputs.every((o) => values.has(o))) continue;
      if (call.op.kernel.kind === "composite") {
        const low = call.op.kernel.lower(call, HARDWARE); visit(low);
        call.outputs.forEach((o, k) => { const v = values.get(low[k]!)!; if (JSON.stringify(v.shape)!==JSON.stringify(o.shape)||v.dtype!==o.dtype) throw new Error(`${call.op.name} lowered shape ${v.shape} vs ${o.shape}`); values.set(o, v); });
        continue;
      }
      const simple = call.op.simplify?.(call);
      if (simple) { visit([simple]); const v = values.get(simple)!; if (JSON.stringify(v.shape)!==JSON.stringify(call.outputs[0]!.shape)) throw new Error("simplify shape "+call.op.name); values.set(call.outputs[0]!, v); continue; }
      const r = call.op.reference(call.inputs.map((i) => values.get(i)!), call.attrs);
      const rs = r instanceof NdArray ? [r] : r;
      call.outputs.forEach((o, k) => { const v = rs[k]!; if (JSON.stringify(v.shape)!==JSON.stringify(o.shape)||v.dtype!==o.dtype) throw new Error(`${call.op.name} reference shape ${v.shape} ${v.dtype} vs ${o.shape} ${o.dtype}`); values.set(o, v); });
    }
  };
  visit(outs); return outs.map((o) => values.get(o)!);
}
const close = (a: number, b: number) => Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-8 * (1 + Math.abs(b));
describe.each(all.map((r) => [r.name, r] as const))("%s", (_, row) => {
  it("fd", () => { expect(createTrial(row, (() => {}) as any).finiteDifferences().slice(0, 3)).toEqual([]); });
  it("lowered", () => {
    const bad: string[] = [];
    const rnd = createRandom("x"); const { fixed, drawn } = casesOf(row);
    for (const c of [...fixed, ...drawn]) {
      const g = buildCase(c, row.gradient, rnd);
      const outs = [...g.outputs, ...g.gradients.map(([, d]) => d)];
      const a = interpret(outs, g.feed), b = evalLowered(outs, g.feed);
      g.gradients.forEach(([k, d]) => { const want = JSON.stringify(c.inputs[k]!.shape); if (JSON.stringify(d.shape) !== want) bad.push(`${c.label}: gradient shape ${d.shape} want ${want}`); });
      a.forEach((v, i) => v.data.forEach((x, j) => { if (!close(b[i]!.at(j), x) && bad.length < 4) bad.push(`${c.label} out ${i}@${j}: lowered ${b[i]!.at(j)} ref ${x}`); }));
    }
    expect(bad.slice(0, 4)).toEqual([]);
  });
  it("coverage", () => { const counts = casesPerOp(all.filter((r) => r.ops.some((o) => row.ops.includes(o))), [HARDWARE]); expect(row.ops.filter((o) => counts.get(o)! < 50).map((o) => o + counts.get(o))).toEqual([]); });
  if (row.adversarial) it("adv builds", () => { adversarialCases(row, casesOf(row).drawn, createRandom("a")); });
});
