import { describe, expect, test } from "vitest";
import type { Executor } from "../../src/graph/executor.ts";
import { apply, type Op } from "../../src/graph/op.ts";
import { add } from "../../src/graph/ops/add.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor, TensorType } from "../../src/graph/tensor.ts";
import type { Values } from "../../src/graph/values.ts";
import { convnet } from "../models/convnet.ts";
import { mlp } from "../models/mlp.ts";
import { counting } from "./counting.ts";
import { executorOf, lossesOf, sharedGpu, withExecutor } from "./open.ts";

const shared = sharedGpu();

function bitsOf(state: ReadonlyMap<string, Values>): Map<string, Uint32Array> {
  return new Map([...state].map(([name, { buffer }]) => [name, new Uint32Array(buffer)]));
}

describe("the state", () => {
  test.each([
    // Sixty-four batches an epoch: the pause lies just before the second epoch's first batch.
    { name: "an MLP whose batch order changes at every epoch", model: () => mlp(8, 12, 10), before: 63, after: 5 },
    { name: "a convnet with dropout", model: () => convnet(2), before: 3, after: 3 },
  ])("of $name goes on bit for bit in another executor", async ({ model, before, after }) => {
    const { program, initial } = model();
    const gpu = shared();
    const whole = await withExecutor(gpu, program, initial, async (executor) => {
      await executor.run(before);
      const losses = await lossesOf(executor, after);
      return { losses, state: await executor.readState() };
    });
    const saved = await withExecutor(gpu, program, initial, async (executor) => {
      await executor.run(before);
      return executor.readState();
    });
    // A fresh graph and plan, none of whose variables are written but by the state.
    const resumed = await withExecutor(gpu, model().program, [], async (executor) => {
      executor.writeState(saved);
      const losses = await lossesOf(executor, after);
      return { losses, state: await executor.readState() };
    });
    expect(resumed.losses).toEqual(whole.losses);
    expect(bitsOf(resumed.state)).toEqual(bitsOf(whole.state));
    expect(bitsOf(resumed.state)).not.toEqual(bitsOf(saved));
  });

  test("read in mid-run is of one step, and put back rewinds", async () => {
    const { program, initial } = mlp(8, 12, 10);
    await withExecutor(shared(), program, initial, async (executor) => {
      await executor.run(4);
      const saved = await executor.readState();
      const first = await lossesOf(executor, 6);
      executor.writeState(saved);
      expect(await lossesOf(executor, 6)).toEqual(first);
      expect(saved.get("step")).toEqual(Uint32Array.of(4));
    });
  });

  test("holds every value of every dtype to the last bit", async () => {
    const f = variable("f", [4]);
    const i = variable("i", [2], "i32");
    const u = variable("u", [], "u32");
    const program = {
      updates: [
        [f, f],
        [i, i],
        [u, u],
      ] as const,
    };
    const words = Uint32Array.of(0x7fc00001, 0x80000000, 1, 0xff7fffff); // a NaN, −0, the least and a huge number
    await withExecutor(shared(), program, [], async (executor) => {
      const state = new Map<string, Values>([
        ["f", new Float32Array(words.buffer)],
        ["i", Int32Array.of(-2147483648, 2147483647)],
        ["u", Uint32Array.of(4294967295)],
      ]);
      executor.writeState(state);
      expect(bitsOf(await executor.readState())).toEqual(bitsOf(state));
    });
  });

  test("of another plan is refused, by name and by size", async () => {
    const { program, initial } = mlp(8, 12, 10);
    await withExecutor(shared(), program, initial, async (executor) => {
      expect(() => executor.writeState(new Map([["conv_1 kernel", new Float32Array(9)]]))).toThrow(
        /^the plan has no variable "conv_1 kernel"; it has /,
      );
      expect(() => executor.writeState(new Map([["dense_1 bias", new Float32Array(9)]]))).toThrow(
        'the state has 9 values for "dense_1 bias", which holds 10',
      );
    });
  });
});

describe("a state that does not fit", () => {
  const good = ["a", Float32Array.of(1, 2)] as const;

  test.each<{ name: string; bad: readonly [string, Values]; message: string }>([
    { name: "a name", bad: ["c", Float32Array.of(1)], message: 'the plan has no variable "c"; it has a, b' },
    {
      name: "a size",
      bad: ["b", Uint32Array.of(1)],
      message: 'the state has 1 values for "b", which holds 3',
    },
    {
      name: "a dtype",
      bad: ["b", Float32Array.of(1.5, 2.5, 3.5)],
      message: 'the state has a Float32Array for "b", which is u32; give a Uint32Array',
    },
  ])("in $name is refused as a whole: nothing is loaded", async ({ bad, message }) => {
    const a = variable("a", [2]);
    const b = variable("b", [3], "u32");
    const updates = [
      [a, a],
      [b, b],
    ] as const;
    await withExecutor(shared(), { updates, metrics: { total: sum(a) } }, [], async (executor) => {
      expect(() => executor.writeState(new Map([good, bad]))).toThrow(
        expect.objectContaining({ message: expect.stringContaining(message) }),
      );
      expect(await executor.read(a)).toEqual(Float32Array.of(0, 0));
      expect(await executor.readState()).toEqual(
        new Map<string, Values>([
          ["a", Float32Array.of(0, 0)],
          ["b", Uint32Array.of(0, 0, 0)],
        ]),
      );
    });
  });

  test("holds nothing of the executor's own, which cannot be written either", async () => {
    const a = variable("a");
    await withExecutor(shared(), { metrics: { a } }, [], async (executor) => {
      expect(() => executor.write(variable("metrics cursor", [], "u32"), [7])).toThrow(
        'the plan has no variable "metrics cursor"; it has a',
      );
    });
  });
});

describe("a variable that makes no difference", () => {
  const x = variable("x", [2]);
  const unused = variable("unused", [2]);
  /** Gives its first input; what becomes of the second is known only once it is lowered. */
  const first: Op<null> = {
    name: "first",
    infer: ([input]) => input as TensorType,
    reference: ([input]) => input as never,
    kernel: { kind: "composite", lower: ({ inputs: [input] }) => [add(input as Tensor, 1)] },
  };
  const program = { outputs: [apply(first, [x, unused], null)] };

  test("may be written all the same, in its size; a name the program does not have is still refused", async () => {
    await withExecutor(shared(), program, [[x, [1, 2]]], async (executor) => {
      expect([...executor.plan.variables.keys()]).toEqual(["x"]);
      executor.write(unused, [3, 4]);
      executor.writeState(new Map([["unused", Float32Array.of(5, 6)]]));
      await executor.run(1);
      expect(await executor.read(program.outputs[0] as Tensor)).toEqual(Float32Array.of(2, 3));
      expect(() => executor.write(unused, [3])).toThrow('variable "unused" holds 2, 2 values; 1 were given');
      expect(() => executor.write(variable("momentum"), [1])).toThrow(/^the plan has no variable "momentum"/);
    });
  });
});

describe("a live value", () => {
  test("changes the course from the next submit on, and makes no pipeline, buffer or bind group", async () => {
    const { program, initial, learningRate, parameters } = mlp(8, 12, 10);
    const [kernel] = parameters as [(typeof parameters)[number]];
    await withExecutor(shared(), program, initial, async (executor) => {
      await executor.run(2);
      const counts = await counting(shared(), async () => {
        executor.write(learningRate, [0]);
        await executor.run(3);
      });
      expect(counts).toMatchObject({ buffers: 0, bindGroups: 0, pipelines: 0, modules: 0 });
      const still = await executor.read(kernel);
      await executor.run(3);
      expect(await executor.read(kernel)).toEqual(still);
      executor.write(learningRate, [0.5]);
      await executor.run(1);
      const moved = (await executor.read(kernel)).map((value, k) => Math.abs(value - (still[k] as number)));
      // Adam's steps are of the size of the rate.
      expect(Math.max(...moved)).toBeGreaterThan(0.05);
    });
  });

  test("written while steps are under way applies to the steps after them", async () => {
    const rate = variable("rate");
    const total = variable("total");
    const program = { updates: [[total, add(total, mul(rate, 1))]] as const, metrics: { total } };
    await withExecutor(shared(), program, [[rate, [1]]], async (executor) => {
      const running = executor.run(4, { stepsPerSubmit: 4 });
      await new Promise((resolve) => setTimeout(resolve));
      executor.write(rate, [100]);
      await running;
      await executor.run(1);
      expect(await executor.read(total)).toEqual(Float32Array.of(104));
    });
  });

  test("is refused in another size, or where it is no variable of the plan", async () => {
    const { program, initial, learningRate, loss } = mlp(8, 12, 10);
    const executor: Executor = await executorOf(shared(), program, initial);
    expect(() => executor.write(learningRate, [1, 2])).toThrow(
      'variable "learning rate" holds scalar, 1 values; 2 were given',
    );
    expect(() => executor.write(loss, [1])).toThrow(/only variables can be written; this is a result/);
    expect(() => executor.write(variable("momentum"), [1])).toThrow(/^the plan has no variable "momentum"; it has /);
    executor.destroy();
  });
});
