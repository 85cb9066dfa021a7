import { describe, expect, test, vi } from "vitest";
import type { Executor } from "../../src/graph/executor.ts";
import { add } from "../../src/graph/ops/add.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { relu } from "../../src/graph/ops/relu.ts";
import { slice } from "../../src/graph/ops/slice.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Values } from "../../src/graph/values.ts";
import { createRandom } from "../ops/random.ts";
import { counting } from "./counting.ts";
import { NAIVE, sharedGpu, withExecutor } from "./open.ts";

const shared = sharedGpu();
const random = createRandom("taps");

/** A step whose activations follow each other through the same memory, and whose parameter changes. */
function chain() {
  const x = variable("x", [16, 16]);
  const w = variable("w", [16, 16]);
  const first = relu(matmul(x, w));
  const second = mul(matmul(first, w), 0.1);
  const third = matmul(second, w);
  const loss = sum(third);
  const program = {
    updates: [[w, add(mul(w, 0.9), mul(third, 0.01))]] as const,
    keep: [first, second, third],
    metrics: { loss },
  };
  const initial = [x, w].map((tensor) => [tensor, random.uniform([16, 16], -1, 1).data] as const);
  return { program, initial, x, w, first, second, third, loss };
}

interface Seen {
  readonly values: Values;
  readonly step: number;
}

async function tapped(executor: Executor, tensor: Tensor, everyMs = 0) {
  const seen: Seen[] = [];
  const close = await executor.tap(tensor, everyMs, (values, step) => seen.push({ values, step }));
  return { seen, close };
}

describe("a tap", () => {
  test("delivers what the same step gives when it is read as an output of a naive plan", async () => {
    const { program, initial, first, second, third, w } = chain();
    const kept = [first, second, third];
    const outputs = kept;
    const expected: Values[][] = [];
    await withExecutor(
      shared(),
      { ...program, outputs },
      initial,
      async (executor) => {
        for (let step = 0; step < 6; step++) {
          await executor.run(1);
          expected.push(await Promise.all([...kept, w].map((tensor) => executor.read(tensor))));
        }
      },
      NAIVE,
    );
    await withExecutor(shared(), program, initial, async (executor) => {
      const taps = await Promise.all([...kept, w].map((tensor) => tapped(executor, tensor)));
      for (let submit = 0; submit < 3; submit++) {
        await executor.run(2, { stepsPerSubmit: 2 });
        await vi.waitFor(() =>
          expect(taps.map(({ seen }) => seen.length)).toEqual([1, 1, 1, 1].map((n) => n + submit)),
        );
      }
      for (const [k, { seen, close }] of taps.entries()) {
        expect(seen.map(({ step }) => step)).toEqual([2, 4, 6]);
        for (const { values, step } of seen) {
          const wanted = expected[step - 1]?.[k] as Values;
          expect(values.length).toBe(wanted.length);
          for (const [at, value] of values.entries()) expect(value).toBeCloseTo(wanted[at] as number, 4);
        }
        close();
      }
    });
  });

  test("reads a tensor whose memory is another's later in the step", async () => {
    const { program, initial, first } = chain();
    await withExecutor(shared(), program, initial, async (executor) => {
      const { dispatches, readable } = executor.plan;
      const { place, after } = readable(first) as NonNullable<ReturnType<typeof readable>>;
      const later = dispatches.slice(after).flatMap(({ bindings, code }) => {
        const written = [...code.matchAll(/@binding\((\d+)\) var<storage, read_write>/g)].map(([, k]) => Number(k));
        return written.map((k) => bindings[k]);
      });
      const reused = later.some(
        (other) =>
          other?.buffer === place.buffer &&
          other.offset < place.offset + place.bytes &&
          place.offset < other.offset + other.bytes,
      );
      expect(reused).toBe(true);
      const { seen, close } = await tapped(executor, first);
      const [x, w] = initial.map(([, values]) => values) as [Float64Array, Float64Array];
      await executor.run(1);
      await vi.waitFor(() => expect(seen.length).toBe(1));
      for (const [at, value] of (seen[0] as Seen).values.entries()) {
        let expected = 0;
        for (let k = 0; k < 16; k++) {
          expected += (x[16 * Math.floor(at / 16) + k] as number) * (w[16 * k + (at % 16)] as number);
        }
        expect(value).toBeCloseTo(Math.max(0, expected), 4);
      }
      close();
    });
  });

  test("changes nothing of the run it looks at", async () => {
    const { program, initial, first, second, w } = chain();
    const run = (open: boolean) =>
      withExecutor(shared(), program, initial, async (executor) => {
        if (open) for (const tensor of [first, second, w]) await tapped(executor, tensor);
        await executor.run(9, { stepsPerSubmit: 3 });
        return executor.readState();
      });
    expect(await run(true)).toEqual(await run(false));
  });

  test("cuts the pass while it is open, and costs nothing once it is closed", async () => {
    const { program, initial, first, second, w } = chain();
    const gpu = shared();
    await withExecutor(gpu, program, initial, async (executor) => {
      const before = gpu.liveBytes;
      const work = () => counting(gpu, () => executor.run(4, { stepsPerSubmit: 4 }));
      const untapped = await work();
      expect(untapped).toMatchObject({ submits: 1, passes: 1, copies: 1 });
      const taps = [await tapped(executor, first), await tapped(executor, second), await tapped(executor, w)];
      expect(gpu.liveBytes).toBeGreaterThan(before);
      const open = await work();
      expect(open).toMatchObject({ submits: 1, copies: 4, dispatches: untapped.dispatches, buffers: 0, bindGroups: 0 });
      await vi.waitFor(() => expect(taps.every(({ seen }) => seen.length === 1)).toBe(true));
      for (const { close } of taps) close();
      expect(gpu.liveBytes).toBe(before);
      expect(await work()).toEqual(untapped);
    });
  });

  test("delivers no more often than it is asked to", async () => {
    const { program, initial, first } = chain();
    await withExecutor(shared(), program, initial, async (executor) => {
      const rare = await tapped(executor, first, 3_600_000);
      const often = await tapped(executor, first);
      for (let submit = 0; submit < 5; submit++) {
        await executor.run(1);
        await vi.waitFor(() => expect(often.seen.length).toBe(submit + 1));
      }
      expect(rare.seen.map(({ step }) => step)).toEqual([1]);
      rare.close();
      often.close();
    });
  });

  test("may be opened and closed while steps run, and is silent afterwards", async () => {
    const { program, initial, first } = chain();
    await withExecutor(shared(), program, initial, async (executor) => {
      const stop = new AbortController();
      const running = executor.run(1_000_000, { stepsPerSubmit: 2, signal: stop.signal });
      const { seen, close } = await tapped(executor, first);
      await vi.waitFor(() => expect(seen.length).toBeGreaterThan(3));
      close();
      const count = seen.length;
      const steps = executor.steps;
      await vi.waitFor(() => expect(executor.steps).toBeGreaterThan(steps + 10));
      expect(seen.length).toBe(count);
      stop.abort();
      await running;
      expect(executor.steps).toBeLessThan(1_000_000);
      const order = seen.map(({ step }) => step);
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(shared().failure).toBeUndefined();
    });
  });

  test("follows variables, outputs, constants, single numbers and what has no elements", async () => {
    const count = variable("count", [], "u32");
    const v = variable("v", [4]);
    const next = add(v, 1);
    const empty = slice(v, [0], [0]);
    const program = {
      updates: [
        [count, add(count, 1)],
        [v, next],
      ] as const,
      outputs: [sum(next)],
      keep: [next, empty, sum(v)],
    };
    await withExecutor(shared(), program, [], async (executor) => {
      const followed = [count, v, program.outputs[0], next, empty, program.keep[2]] as Tensor[];
      const taps = await Promise.all(followed.map((tensor) => tapped(executor, tensor)));
      await executor.run(3, { stepsPerSubmit: 3 });
      await vi.waitFor(() => expect(taps.every(({ seen }) => seen.length === 1)).toBe(true));
      expect(taps.map(({ seen }) => [...(seen[0] as Seen).values])).toEqual([
        [3],
        [3, 3, 3, 3],
        [12],
        [3, 3, 3, 3],
        [],
        [8],
      ]);
      for (const { close } of taps) close();
    });
  });

  test("is refused where the tensor is not kept, and read() where its memory may be another's", async () => {
    const { program, initial, first, loss } = chain();
    const { w, x } = { w: program.updates[0][0], x: initial[0]?.[0] as Tensor };
    const hidden = matmul(x, w);
    await withExecutor(shared(), program, initial, async (executor) => {
      await expect(executor.tap(hidden, 0, () => undefined)).rejects.toMatchObject({ kind: "graph", op: "matmul" });
      await executor.run(1);
      await expect(executor.read(first)).rejects.toMatchObject({ kind: "graph", op: "relu" });
      await expect(executor.read(loss)).rejects.toMatchObject({ kind: "graph" });
    });
  });

  test("whose listener throws ends the run with that error, is closed and frees its memory", async () => {
    const { program, initial, first, second } = chain();
    const gpu = shared();
    await withExecutor(gpu, program, initial, async (executor) => {
      const before = gpu.liveBytes;
      const other = await tapped(executor, second);
      const between = gpu.liveBytes;
      const listener = vi.fn(() => {
        throw new RangeError("the heatmap is full");
      });
      await executor.tap(first, 0, listener);
      await expect(executor.run(50, { stepsPerSubmit: 1 })).rejects.toThrow("the heatmap is full");
      expect(gpu.liveBytes).toBe(between);
      const { steps } = executor;
      expect(steps).toBeLessThan(10);
      await executor.run(2);
      expect(executor.steps).toBe(steps + 2);
      expect(listener).toHaveBeenCalledTimes(1);
      expect(other.seen.at(-1)?.step).toBe(steps + 2);
      other.close();
      expect(gpu.liveBytes).toBe(before);
    });
  });

  test("has delivered when its run ends, and does not hold the run up when it is closed before", async () => {
    const { program, initial, first } = chain();
    await withExecutor(shared(), program, initial, async (executor) => {
      const { seen, close } = await tapped(executor, first);
      await executor.run(1);
      expect(seen.length).toBe(1);
      const started = performance.now();
      const running = executor.run(1);
      await Promise.resolve();
      close();
      close();
      await running;
      expect(performance.now() - started).toBeLessThan(900);
      expect(seen.length).toBe(1);
    });
  });

  test("frees its memory with the executor", async () => {
    const gpu = shared();
    const before = gpu.liveBytes;
    const { program, initial, first } = chain();
    await withExecutor(gpu, program, initial, async (executor) => {
      await tapped(executor, first);
      await executor.run(2);
    });
    expect(gpu.liveBytes).toBe(before);
  });
});
