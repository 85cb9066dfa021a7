import { expect, test } from "vitest";
import { nameOfVariable } from "../../src/graph/ops/variable.ts";
import { optimizers } from "../../src/nn/optimizers.ts";
import { sharedGpu, withExecutor } from "../plan/open.ts";
import { interpreted, regression } from "./linear-regression.ts";

const gpu = sharedGpu();
const STEPS = 3;

test.each(optimizers)(
  "three steps of $kind on the GPU, decayed, clipped and averaged, are those of the interpreter",
  async (optimizer) => {
    const setting = { optimizer, rate: 0.05, weightDecay: 0.1, clipValue: 0.4, clipNorm: 1, average: 0.9 };
    const built = regression(setting);
    const { values } = interpreted(built, STEPS);
    await withExecutor(gpu(), built.program, built.initial, async (executor) => {
      await executor.run(STEPS);
      for (const [variable] of built.program.updates ?? []) {
        const expected = values[nameOfVariable(variable)] as readonly number[];
        const found = await executor.read(variable);
        expect(found).toHaveLength(expected.length);
        for (const [k, value] of found.entries()) expect(Math.abs(value - (expected[k] as number))).toBeLessThan(1e-5);
      }
    });
  },
);
