import { describe, expect, test } from "vitest";
import { compile } from "../../src/graph/compile.ts";
import { convnet } from "../models/convnet.ts";
import { lstmModel } from "../models/lstm.ts";
import { mlp } from "../models/mlp.ts";
import { HARDWARE, SOFTWARE } from "../ops/profiles.ts";
import { counting } from "./counting.ts";
import { lossesOf, sharedGpu, withExecutor } from "./open.ts";

const shared = sharedGpu();

describe("a replayed training step of a two-layer MLP", () => {
  test("is one compute pass and one submit for ten steps, and makes nothing after the first step", async () => {
    const gpu = shared();
    const { program, initial } = mlp();
    await withExecutor(gpu, program, initial, async (executor) => {
      await executor.run(1);
      const counts = await counting(gpu, () => executor.run(10, { stepsPerSubmit: 10 }));
      expect(counts).toEqual({
        submits: 1,
        passes: 1,
        dispatches: 10 * executor.plan.dispatches.length,
        copies: 1, // the metrics
        buffers: 0,
        bindGroups: 0,
        pipelines: 0,
        modules: 0,
      });
      expect(executor.steps).toBe(11);
    });
  });

  test("makes nothing after the first step however long it runs and however many steps a submit takes", async () => {
    const gpu = shared();
    const { program, initial } = mlp(8, 20, 16);
    await withExecutor(gpu, program, initial, async (executor) => {
      await executor.run(1);
      const counts = await counting(gpu, async () => {
        await executor.run(300);
        await executor.run(7, { stepsPerSubmit: 1 });
      });
      const { buffers, bindGroups, pipelines, modules, dispatches, submits, passes } = counts;
      expect({ buffers, bindGroups, pipelines, modules }).toEqual({
        buffers: 0,
        bindGroups: 0,
        pipelines: 0,
        modules: 0,
      });
      expect(dispatches).toBe(307 * executor.plan.dispatches.length);
      expect(passes).toBe(submits);
    });
  });

  test("learns", async () => {
    const { program, initial } = mlp(64, 20, 32);
    await withExecutor(shared(), program, initial, async (executor) => {
      const losses = await lossesOf(executor, 200, 50);
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(mean(losses.slice(-8))).toBeLessThan(mean(losses.slice(0, 8)) - 0.02);
    });
  });
});

describe.each([
  ["software", SOFTWARE],
  ["hardware", HARDWARE],
] as const)("planned for %s", (_, profile) => {
  test.each([
    { name: "a two-layer MLP", model: mlp, most: 24 },
    { name: "Keras's simple convnet", model: convnet, most: 45 },
    { name: "an LSTM over 32 steps of 64 units", model: lstmModel, most: 40 },
  ])("a training step of $name takes at most $most dispatches", ({ model, most }) => {
    expect(compile(model().program, profile).dispatches.length).toBeLessThanOrEqual(most);
  });
});
