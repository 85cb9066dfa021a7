import { describe, expect, test } from "vitest";
import { DescentError } from "../../src/errors.ts";
import type { Gpu } from "../../src/gpu/device.ts";
import { withGpu } from "../gpu/open.ts";
import { mlp } from "../models/mlp.ts";
import { executorOf } from "../plan/open.ts";

/** Does harm, and gives a promise where it takes until later to be known. */
type Harm = (gpu: Gpu) => Promise<unknown> | undefined;

/** Runs a model until harm is done to the device; gives the error, and the steps that came back before it was known. */
async function runUntil(gpu: Gpu, harm: Harm) {
  const { program, initial, loss } = mlp(8, 12, 10);
  const executor = await executorOf(gpu, { ...program, keep: [loss] }, initial);
  const seen: number[] = [];
  let ended: number | undefined;
  let harmed = false;
  const running = executor.run(1_000_000, {
    stepsPerSubmit: 2,
    onMetrics: (metrics) => {
      seen.push(...metrics.map(({ step }) => step));
      if (seen.length < 10 || harmed) return;
      harmed = true;
      const known = harm(gpu);
      ended = executor.steps;
      void known?.then(() => {
        ended = executor.steps;
      });
    },
  });
  const error = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { executor, error, seen, ended };
}

function destroy(gpu: Gpu): undefined {
  gpu.destroy();
}

function destroyBehind(gpu: Gpu): Promise<unknown> {
  gpu.device.destroy();
  return gpu.lost;
}

function lose(gpu: Gpu): undefined {
  gpu.fail(new DescentError("device-lost", "the GPU crashed or was reset"));
}

describe.each([
  { name: "destroyed by us", harm: destroy, message: "destroyed on purpose" },
  { name: "destroyed behind our back", harm: destroyBehind, message: "destroyed on purpose" },
  { name: "lost", harm: lose, message: "the GPU crashed or was reset" },
])("a device that is $name while steps run", ({ harm, message }) => {
  test("ends the run with one typed error, and no later step is counted", () =>
    withGpu(async (gpu) => {
      const { executor, error, seen, ended } = await runUntil(gpu, harm);
      expect(error).toBeInstanceOf(DescentError);
      expect(error).toMatchObject({ kind: "device-lost", message: expect.stringContaining(message) });
      expect(error).toBe(gpu.failure);
      expect(executor.steps).toBe(ended);
      expect(seen.length).toBe(ended);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(executor.steps).toBe(ended);
    }));

  test("refuses everything that follows with the same error", () =>
    withGpu(async (gpu) => {
      const { executor, error, ended } = await runUntil(gpu, harm);
      const { program, initial, loss, learningRate } = mlp(8, 12, 10);
      await expect(executor.run(1)).rejects.toBe(error);
      await expect(executor.readState()).rejects.toBe(error);
      await expect(executor.tap(learningRate, 0, () => undefined)).rejects.toBe(error);
      expect(() => executor.write(learningRate, [1])).toThrow(error as Error);
      await expect(executorOf(gpu, { ...program, keep: [loss] }, initial)).rejects.toBe(error);
      expect(executor.steps).toBe(ended);
      executor.destroy();
      expect(gpu.liveBytes).toBe(0);
    }));
});

test("a GPU that does not answer ends the run after its deadline, and no later step is counted", () =>
  withGpu(async (gpu) => {
    const { executor, error, ended } = await runUntil(gpu, ({ device: { queue } }) => {
      queue.onSubmittedWorkDone = () => new Promise(() => undefined);
      return undefined;
    });
    expect(error).toMatchObject({ kind: "timeout", message: expect.stringContaining("the GPU does not answer") });
    // What was under way when the GPU fell silent may still have come back.
    expect(executor.steps).toBeLessThanOrEqual((ended as number) + 8);
    const { steps } = executor;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(executor.steps).toBe(steps);
  }, 3000));
