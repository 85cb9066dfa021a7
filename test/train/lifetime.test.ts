import { describe, expect, test } from "vitest";
import { DescentError } from "../../src/errors.ts";
import type { Gpu } from "../../src/gpu/device.ts";
import { withGpu } from "../gpu/open.ts";
import { sharedGpu } from "../plan/open.ts";
import { rejection, small, withTrainer } from "./small-run.ts";

const gpu = sharedGpu();

test("twenty trainers, one after the other, leave no memory allocated", async () => {
  const before = gpu().liveBytes;
  const during = new Set<number>();
  for (let k = 0; k < 20; k++) {
    await withTrainer(gpu(), small({ stop: { steps: 3 } }), async (trainer) => {
      await trainer.train();
      during.add(gpu().liveBytes - before);
    });
    expect(gpu().liveBytes).toBe(before);
  }
  expect(during.size).toBe(1);
  expect(during).not.toContain(0);
});

test("two trainers share a device and do not disturb each other", async () => {
  const alone = (seed: number) =>
    withTrainer(gpu(), small({ seed, stop: { steps: 12 } }), async (trainer) => {
      await trainer.train();
      return trainer.validated;
    });
  const expected = [await alone(1), await alone(2)];
  expect(await Promise.all([alone(1), alone(2)])).toEqual(expected);
});

describe.each([
  ["lost", (device: Gpu) => device.fail(new DescentError("device-lost", "the GPU crashed or was reset"))],
  ["destroyed", (device: Gpu) => device.destroy()],
])("a device that is %s", (_name, harm) => {
  test.each(["step", "validation"])("after a %s ends train() with its failure, and no later step is counted", (at) =>
    withGpu(async (own) => {
      await withTrainer(own, small({ validateEvery: 20 }), async (trainer) => {
        let told = 0;
        let counted: number | undefined;
        const harmAt = (place: string, step: number) => {
          if (place !== at || step < 20 || counted !== undefined) return;
          harm(own);
          counted = trainer.steps;
        };
        const error = await rejection(
          trainer.train({
            targetMs: 1e-6,
            onMetrics: (rows) => {
              told += rows.length;
              harmAt("step", rows.at(-1)?.step ?? 0);
            },
            onValidation: ({ step }) => harmAt("validation", step),
          }),
        );
        expect(error).toMatchObject({ kind: "device-lost" });
        expect(error).toBe(own.failure);
        expect({ told, steps: trainer.steps }).toEqual({ told: counted, steps: counted });
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(trainer.steps).toBe(counted);
        const again = [
          () => trainer.train(),
          () => trainer.advance(1),
          () => trainer.validate(),
          () => trainer.weights(),
        ];
        for (const ask of again) expect(await rejection(ask())).toBe(error);
      });
      expect(own.liveBytes).toBe(0);
    }),
  );
});
