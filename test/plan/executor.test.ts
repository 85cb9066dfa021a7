import { describe, expect, test, vi } from "vitest";
import { compile } from "../../src/graph/compile.ts";
import { Executor } from "../../src/graph/executor.ts";
import { apply, type Op } from "../../src/graph/op.ts";
import { add } from "../../src/graph/ops/add.ts";
import { cast } from "../../src/graph/ops/cast.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { StepMetrics } from "../../src/graph/run-options.ts";
import type { Tensor, TensorType } from "../../src/graph/tensor.ts";
import { mlp } from "../models/mlp.ts";
import { counting } from "./counting.ts";
import { sharedGpu, withExecutor } from "./open.ts";

const shared = sharedGpu();

/** Counts up; its metrics say which step made them. */
function counter() {
  const count = variable("count", [], "u32");
  const now = cast(add(count, 1), "f32");
  return { count, program: { updates: [[count, add(count, 1)]] as const, metrics: { now, twice: mul(now, 2) } } };
}

describe("a run", () => {
  test.each([
    { steps: 5, stepsPerSubmit: 1 },
    { steps: 7, stepsPerSubmit: 3 },
    { steps: 256, stepsPerSubmit: 256 },
    { steps: 700, stepsPerSubmit: 256 },
    { steps: 300, stepsPerSubmit: 100 },
    { steps: 300, stepsPerSubmit: 1000 },
    { steps: 600, stepsPerSubmit: undefined },
  ])("of $steps steps, $stepsPerSubmit a submit, gives every step's metrics once and in order", async (given) => {
    const { program } = counter();
    await withExecutor(shared(), program, [], async (executor) => {
      // Not from the start of the ring.
      await executor.run(11);
      const seen: StepMetrics[] = [];
      const { steps, stepsPerSubmit } = given;
      const options = stepsPerSubmit === undefined ? {} : { stepsPerSubmit };
      await executor.run(steps, { ...options, onMetrics: (metrics) => seen.push(...metrics) });
      expect(seen).toEqual(
        Array.from({ length: steps }, (_, k) => ({ now: 12 + k, twice: 2 * (12 + k), step: 12 + k })),
      );
      expect(executor.steps).toBe(11 + steps);
    });
  });

  test("may follow another, and may be of no steps", async () => {
    const { program, count } = counter();
    await withExecutor(shared(), program, [], async (executor) => {
      await executor.run(0);
      expect(executor.steps).toBe(0);
      await executor.run(3);
      await executor.run(4, { stepsPerSubmit: 2 });
      expect(executor.steps).toBe(7);
      expect(await executor.read(count)).toEqual(Uint32Array.of(7));
    });
  });

  test("counts a step only when its metrics have come back", async () => {
    const { program } = counter();
    await withExecutor(shared(), program, [], async (executor) => {
      const counted: number[] = [];
      const running = executor.run(12, { stepsPerSubmit: 3, onMetrics: () => counted.push(executor.steps) });
      await Promise.resolve();
      expect(executor.steps).toBe(0);
      await running;
      expect(counted).toEqual([3, 6, 9, 12]);
    });
  });

  test("of a program without metrics counts its steps too", async () => {
    const count = variable("count", [], "u32");
    await withExecutor(shared(), { updates: [[count, add(count, 1)]] }, [], async (executor) => {
      const onMetrics = vi.fn();
      await executor.run(600, { onMetrics });
      expect(executor.steps).toBe(600);
      expect(onMetrics).not.toHaveBeenCalled();
      expect(await executor.read(count)).toEqual(Uint32Array.of(600));
    });
  });

  test("stops when it is told to, and every step that was done is counted", async () => {
    const { program, count } = counter();
    await withExecutor(shared(), program, [], async (executor) => {
      const stop = new AbortController();
      const seen: number[] = [];
      const onMetrics = (metrics: readonly StepMetrics[]) => {
        seen.push(...metrics.map(({ step }) => step));
        if (seen.length >= 20) stop.abort();
      };
      await executor.run(100_000, { stepsPerSubmit: 5, onMetrics, signal: stop.signal });
      expect(seen.length).toBeLessThanOrEqual(40);
      expect(executor.steps).toBe(seen.length);
      expect(await executor.read(count)).toEqual(Uint32Array.of(seen.length));
      await executor.run(100, { signal: stop.signal });
      expect(executor.steps).toBe(seen.length);
      await executor.run(1);
      expect(executor.steps).toBe(seen.length + 1);
    });
  });

  test("takes more steps a submit as it learns how short they are", async () => {
    const { program } = counter();
    await withExecutor(shared(), program, [], async (executor) => {
      const sizes: number[] = [];
      await executor.run(600, { onMetrics: ({ length }) => sizes.push(length) });
      expect(sizes[0]).toBe(1);
      expect(Math.max(...sizes)).toBeGreaterThan(8);
    });
  });

  test("takes fewer steps a submit where less GPU time is asked for", async () => {
    const { program, initial } = mlp(64, 64, 64);
    await withExecutor(shared(), program, initial, async (executor) => {
      const largest = async (targetMs: number) => {
        const sizes: number[] = [];
        await executor.run(60, { targetMs, onMetrics: ({ length }) => sizes.push(length) });
        return Math.max(...sizes.slice(-2));
      };
      await largest(20);
      expect(await largest(0.001)).toBe(1);
    });
  });

  test("passes on what the listener throws, and goes on afterwards", async () => {
    const { program } = counter();
    await withExecutor(shared(), program, [], async (executor) => {
      const onMetrics = () => {
        throw new RangeError("the chart is full");
      };
      await expect(executor.run(50, { stepsPerSubmit: 1, onMetrics })).rejects.toThrow("the chart is full");
      const { steps } = executor;
      expect(steps).toBeLessThan(10);
      const seen: StepMetrics[] = [];
      await executor.run(2, { onMetrics: (metrics) => seen.push(...metrics) });
      expect(seen.map(({ now }) => now)).toEqual(seen.map(({ step }) => step));
      expect(executor.steps).toBe(steps + 2);
    });
  });

  test("is refused while another is under way, and does not disturb it", async () => {
    const { program, count } = counter();
    await withExecutor(shared(), program, [], async (executor) => {
      const seen: StepMetrics[] = [];
      const first = executor.run(30, { stepsPerSubmit: 1, onMetrics: (metrics) => seen.push(...metrics) });
      await expect(executor.run(30, { stepsPerSubmit: 1 })).rejects.toThrow("a run is under way; await it");
      await first;
      expect(seen.map(({ now }) => now)).toEqual(Array.from({ length: 30 }, (_, k) => k + 1));
      expect(await executor.read(count)).toEqual(Uint32Array.of(30));
    });
  });
});

describe("a run of what is no number of steps", () => {
  const { program } = counter();

  test.each([
    { given: "2.5 steps", steps: 2.5, options: {} },
    { given: "NaN steps", steps: Number.NaN, options: {} },
    { given: "-1 steps", steps: -1, options: {} },
    { given: "1.5 steps a submit", steps: 3, options: { stepsPerSubmit: 1.5 } },
    { given: "NaN steps a submit", steps: 3, options: { stepsPerSubmit: Number.NaN } },
    { given: "0 steps a submit", steps: 3, options: { stepsPerSubmit: 0 } },
    { given: "NaN ms a submit", steps: 3, options: { targetMs: Number.NaN } },
    { given: "0 ms a submit", steps: 3, options: { targetMs: 0 } },
  ])("is refused with the value and the cure: $given", async ({ given, steps, options }) => {
    await withExecutor(shared(), program, [], async (executor) => {
      await expect(executor.run(steps, options)).rejects.toMatchObject({
        kind: "validation",
        message: expect.stringMatching(new RegExp(`${given.split(" ")[0]} (was|were) given; `)),
      });
      expect(executor.steps).toBe(0);
      await executor.run(2);
      expect(executor.steps).toBe(2);
    });
  });

  test("but may be without end, until it is told to stop", async () => {
    await withExecutor(shared(), program, [], async (executor) => {
      const stop = new AbortController();
      const onMetrics = () => stop.abort();
      await executor.run(Number.POSITIVE_INFINITY, { stepsPerSubmit: 5, onMetrics, signal: stop.signal });
      expect(executor.steps).toBeGreaterThan(0);
      expect(executor.steps % 5).toBe(0);
    });
  });
});

describe("an executor that was destroyed", () => {
  const destroyed = { kind: "validation", message: "the executor was destroyed; create another one" };

  /** What rejects without anybody listening while `use` runs, and a moment longer. */
  async function unheard(use: () => Promise<void>): Promise<unknown[]> {
    const seen: unknown[] = [];
    const note = (reason: unknown) => seen.push(reason);
    process.on("unhandledRejection", note);
    try {
      await use();
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      process.off("unhandledRejection", note);
    }
    return seen;
  }

  type Use = (executor: Executor, count: Tensor) => Promise<unknown>;
  const uses: { name: string; use: Use }[] = [
    { name: "run", use: (executor) => executor.run(2) },
    { name: "write", use: async (executor, count) => executor.write(count, [1]) },
    { name: "writeState", use: async (executor) => executor.writeState(new Map([["count", Uint32Array.of(1)]])) },
    { name: "read", use: (executor, count) => executor.read(count) },
    { name: "readState", use: (executor) => executor.readState() },
    { name: "tap", use: (executor, count) => executor.tap(count, 0, () => undefined) },
  ];
  const ends: { name: string; end: (executor: Executor) => Promise<unknown> }[] = [
    {
      name: "destroyed in mid-run",
      end: async (executor) => {
        const running = executor.run(1000, { stepsPerSubmit: 1 });
        await new Promise((resolve) => setTimeout(resolve, 5));
        executor.destroy();
        await running;
      },
    },
    {
      name: "destroyed just after its run began",
      end: async (executor) => {
        const running = executor.run(1000);
        executor.destroy();
        await running;
      },
    },
    {
      name: "destroyed by its own listener",
      end: (executor) => executor.run(1000, { stepsPerSubmit: 1, onMetrics: () => executor.destroy() }),
    },
    {
      name: "stopped and destroyed before it has stopped",
      end: async (executor) => {
        const stop = new AbortController();
        const running = executor.run(1000, { signal: stop.signal });
        await new Promise((resolve) => setTimeout(resolve, 5));
        stop.abort();
        executor.destroy();
        await running;
      },
    },
    {
      name: "destroyed while a tap is opened",
      end: async (executor) => {
        const tensor = variable("count", [], "u32");
        const opening = executor.tap(tensor, 0, () => undefined);
        executor.destroy();
        await opening;
      },
    },
  ];

  /** Ends one executor; another one of the same device goes on. */
  async function outlives(end: (executor: Executor, count: Tensor) => Promise<void>) {
    const gpu = shared();
    const { program, count } = counter();
    const before = gpu.liveBytes;
    const plan = compile(program, gpu.profile);
    const other = await Executor.create(gpu, plan);
    const reasons = await unheard(async () => {
      const executor = await Executor.create(gpu, plan);
      await end(executor, count);
      await other.run(3);
    });
    expect(reasons).toEqual([]);
    expect(gpu.failure).toBeUndefined();
    expect(await other.read(count)).toEqual(Uint32Array.of(3));
    other.destroy();
    expect(gpu.liveBytes).toBe(before);
  }

  test.each(uses)("refuses $name, and leaves the device alone", ({ use }) =>
    outlives(async (executor, count) => {
      await executor.run(2);
      executor.destroy();
      await expect(use(executor, count)).rejects.toMatchObject(destroyed);
      expect(executor.steps).toBe(2);
    }),
  );

  test.each(ends)("as one $name says so at once, and leaves the device alone", ({ end }) =>
    outlives(async (executor) => {
      const started = performance.now();
      await expect(end(executor)).rejects.toMatchObject(destroyed);
      expect(performance.now() - started).toBeLessThan(900);
      const { steps } = executor;
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(executor.steps).toBe(steps);
    }),
  );

  test("still gives what was being read", () =>
    outlives(async (executor, count) => {
      await executor.run(2);
      const reading = executor.read(count);
      executor.destroy();
      expect(await reading).toEqual(Uint32Array.of(2));
    }));

  test("silences its taps, and the values on their way to them", () =>
    outlives(async (executor, count) => {
      const listener = vi.fn();
      await executor.tap(count, 0, listener);
      const running = executor.run(1000, { stepsPerSubmit: 1 });
      await vi.waitFor(() => expect(listener).toHaveBeenCalled());
      executor.destroy();
      const { length } = listener.mock.calls;
      await expect(running).rejects.toMatchObject(destroyed);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(listener.mock.calls.length).toBe(length);
    }));
});

describe("the memory of an executor", () => {
  test("is what the plan says, and is all freed", async () => {
    const gpu = shared();
    const before = gpu.liveBytes;
    const { program, initial } = mlp(8, 12, 10);
    const plan = compile(program, gpu.profile);
    for (let round = 0; round < 3; round++) {
      const executor = await Executor.create(gpu, plan);
      const readback = gpu.liveBytes - before - plan.memory.total;
      expect(readback).toBeGreaterThanOrEqual(0);
      expect(readback).toBeLessThan(65536);
      for (const [variable, values] of initial) executor.write(variable, values);
      await executor.run(3);
      await executor.readState();
      executor.destroy();
      expect(gpu.liveBytes).toBe(before);
      executor.destroy();
      expect(gpu.liveBytes).toBe(before);
    }
  });

  test("is freed where a shader does not compile", async () => {
    const gpu = shared();
    const before = gpu.liveBytes;
    const x = variable("x", [64]);
    const broken: Op<null> = {
      name: "broken",
      infer: ([input]) => input as TensorType,
      reference: ([input]) => input as never,
      kernel: { kind: "pointwise", emit: ({ input }) => `${input(0)} + true` },
    };
    const plan = compile({ outputs: [apply(broken, [x], null)] }, gpu.profile);
    await expect(Executor.create(gpu, plan)).rejects.toMatchObject({ kind: "wgsl" });
    expect(gpu.liveBytes).toBe(before);
    expect(gpu.failure).toBeUndefined();
  });

  test("is not shared: two executors of one plan go their own ways", async () => {
    const gpu = shared();
    const { program, count } = counter();
    const plan = compile(program, gpu.profile);
    const counts = await counting(gpu, async () => {
      const [a, b] = [await Executor.create(gpu, plan), await Executor.create(gpu, plan)];
      await Promise.all([a.run(5), b.run(8)]);
      expect([a.steps, b.steps]).toEqual([5, 8]);
      expect([await a.read(count), await b.read(count)]).toEqual([Uint32Array.of(5), Uint32Array.of(8)]);
      a.destroy();
      await b.run(1);
      expect(b.steps).toBe(9);
      b.destroy();
    });
    // Compiled once, by the first test of this file that used the plan.
    expect(counts.pipelines).toBe(0);
  });

  test("is 0 at first", async () => {
    const names = ["f32", "i32", "u32"] as const;
    const variables = names.map((dtype): Tensor => variable(dtype, [100], dtype));
    const program = { updates: variables.map((tensor) => [tensor, tensor] as const) };
    await withExecutor(shared(), program, [], async (executor) => {
      for (const tensor of variables) expect([...(await executor.read(tensor))]).toEqual(new Array(100).fill(0));
    });
  });
});
