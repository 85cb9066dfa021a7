import { expect, test } from "vitest";
import { add } from "../../src/graph/ops/add.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { dropout } from "../../src/graph/ops/dropout.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { adamUpdates } from "../models/adam-updates.ts";
import { sharedGpu, withExecutor } from "./open.ts";

const shared = sharedGpu();

test("the dropout rate is changed between submits", async () => {
  const rate = variable("rate");
  const [seed, step] = ["seed", "step"].map((name) => variable(name, [], "u32")) as [typeof rate, typeof rate];
  const y = dropout(constant(1, [4096]), rate, { seed, step, stream: 0 });
  const program = { outputs: [y], updates: [[step, add(step, 1)]] as const };
  await withExecutor(shared(), program, [], async (executor) => {
    for (const value of [0, 0.25, 0.9, 1]) {
      executor.write(rate, [value]);
      await executor.run(1);
      const dropped = (await executor.read(y)).filter((element) => element === 0).length / 4096;
      // Three standard deviations of a share of 4096 draws.
      expect(Math.abs(dropped - value)).toBeLessThanOrEqual(3 * Math.sqrt((value * (1 - value)) / 4096));
    }
  });
});

test("Adam's momentum and a weight decay are changed between submits", async () => {
  const w = variable("w", [1]);
  const step = variable("step", [], "u32");
  const [beta1, decay] = [variable("beta1"), variable("decay")];
  const gradient = add(constant(1, [1]), mul(decay, w));
  const { updates } = adamUpdates([w], [gradient], {
    rate: constant(0),
    step,
    number: (name, value) => (name === "beta1" ? beta1 : constant(value)),
  });
  const mean = variable("w mean", [1]);
  await withExecutor(shared(), { updates }, [[w, [2]]], async (executor) => {
    const meanAfter = async (momentum: number, weightDecay: number) => {
      executor.write(beta1, [momentum]);
      executor.write(decay, [weightDecay]);
      executor.write(mean, [10]);
      await executor.run(1);
      return (await executor.read(mean))[0];
    };
    // momentum · mean + (1 − momentum) · (1 + decay · w)
    expect(await meanAfter(0.5, 0)).toBeCloseTo(5.5, 5);
    expect(await meanAfter(0, 0)).toBeCloseTo(1, 5);
    expect(await meanAfter(0.75, 1.5)).toBeCloseTo(8.5, 5);
  });
});
