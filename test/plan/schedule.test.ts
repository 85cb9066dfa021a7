import { describe, expect, test } from "vitest";
import { apply, type Op } from "../../src/graph/op.ts";
import { add } from "../../src/graph/ops/add.ts";
import { copy } from "../../src/graph/ops/copy.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { transpose } from "../../src/graph/ops/transpose.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { type Group, groupOf } from "../../src/graph/passes/groups.ts";
import { readsInPlace, readsOf, schedule } from "../../src/graph/passes/schedule.ts";
import type { Tensor, TensorType } from "../../src/graph/tensor.ts";
import { callsOf } from "../../src/graph/traverse.ts";
import { createRandom } from "../ops/random.ts";

/** Every computed call as a group of its own. */
function groupsOf(...roots: Tensor[]): Group[] {
  const calls = callsOf(roots).filter(({ op }) => op.kernel.kind !== "source" && op.kernel.kind !== "view");
  return calls.map(groupOf);
}

const tensorOf = (group: Group) => [...group.members][0]?.outputs[0] as Tensor;

describe("the order of dispatches", () => {
  test("has what each reads before it, in random graphs", () => {
    const random = createRandom("schedule");
    for (let round = 0; round < 50; round++) {
      const pool: Tensor[] = [variable("a", [4]), variable("b", [4])];
      for (let k = 0; k < 30; k++) pool.push(add(random.pick(pool), random.pick(pool)));
      const { order, conflicts } = schedule(groupsOf(...pool), new Map());
      expect(conflicts).toEqual([]);
      const place = new Map(order.map((group, k) => [tensorOf(group), k]));
      expect(place.size).toBe(30);
      for (const [k, group] of order.entries()) {
        for (const input of readsOf(group)) expect(place.get(input) ?? -1).toBeLessThan(k);
      }
    }
  });

  test("has every reader of a variable before the dispatch that overwrites it", () => {
    const v = variable("v", [4]);
    const next = mul(v, 2);
    const readers = [add(v, 1), add(v, 2), add(v, 3)];
    const { order, conflicts } = schedule(groupsOf(next, ...readers), new Map([[next, v]]));
    expect(conflicts).toEqual([]);
    expect(tensorOf(order.at(-1) as Group)).toBe(next);
  });

  test("frees memory before it takes more, where it has the choice", () => {
    const x = variable("x", [1000]);
    const [a, b] = [mul(x, 2), mul(x, 3)];
    const [sa, sb] = [sum(a, 0, true), sum(b, 0, true)];
    const { order } = schedule(groupsOf(a, b, sa, sb), new Map());
    expect(order.map(tensorOf)).toEqual([a, sa, b, sb]);
  });
});

describe("an update", () => {
  const v = variable("v", [4, 4]);

  test("conflicts where a later dispatch reads both the new value and the old one", () => {
    const next = mul(v, 2);
    const both = add(transpose(next), v);
    expect(schedule(groupsOf(both), new Map([[next, v]])).conflicts).toEqual([next]);
  });

  test("conflicts where its dispatch reads the variable elsewhere than it writes", () => {
    const next = transpose(v);
    expect(schedule(groupsOf(next), new Map([[next, v]])).conflicts).toEqual([next]);
  });

  test("does not conflict once it is a copy", () => {
    const next = copy(transpose(v));
    expect(schedule(groupsOf(next), new Map([[next, v]])).conflicts).toEqual([]);
  });

  test("of two variables with each other's value conflicts once", () => {
    const w = variable("w", [4, 4]);
    const [toV, toW] = [copy(w), copy(v)];
    const updates = new Map([
      [toV, v],
      [toW, w],
    ]);
    expect(schedule(groupsOf(toV, toW), updates).conflicts.length).toBe(1);
  });
});

describe("writing in place", () => {
  const x = variable("x", [4, 4]);
  const groupFor = (tensor: Tensor) => groupOf(tensor.call);

  test("is allowed where each thread reads only the element it writes", () => {
    const y = add(x, x);
    expect(readsInPlace(groupFor(y), x, y)).toBe(true);
  });

  test("is refused where elements are read elsewhere, broadcast, or by a shader", () => {
    const turned = transpose(x);
    expect(readsInPlace(groupFor(turned), x, turned)).toBe(false);
    const row = variable("row", [1, 4]);
    const spread = add(row, x);
    expect(readsInPlace(groupFor(spread), row, spread)).toBe(false);
    const shader: Op<null> = {
      name: "shader",
      infer: ([input]) => input as TensorType,
      reference: ([input]) => input as never,
      kernel: { kind: "shader", select: () => ({}) as never },
    };
    const y = apply(shader, [x], null);
    expect(readsInPlace(groupFor(y), x, y)).toBe(false);
  });

  test("is refused where a reduction reads rows that other threads still need", () => {
    const columns = sum(x, 0, true);
    expect(readsInPlace(groupFor(columns), x, columns)).toBe(false);
  });
});
