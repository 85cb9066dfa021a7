import { describe, expect, test } from "vitest";
import type { Values } from "../../src/graph/values.ts";
import { convnet } from "../models/convnet.ts";
import { lstmModel } from "../models/lstm.ts";
import { mlp } from "../models/mlp.ts";
import { transformer } from "../models/transformer.ts";
import { lossesOf, NAIVE, sharedGpu, withExecutor } from "./open.ts";
import { stateOf, step } from "./step.ts";

const shared = sharedGpu();
const STEPS = 30;

describe.each([
  { name: "the MLP", model: () => mlp(16, 20, 24) },
  { name: "the convnet", model: () => convnet(4) },
  { name: "the LSTM", model: () => lstmModel(8, 6, 12, 11) },
  { name: "the transformer", model: () => transformer(2, 8, 8, 2, 11) },
])("$name", ({ model }) => {
  test("has the same losses with and without all optimisations over 30 steps", async () => {
    const { program, initial } = model();
    const run = (options = {}) =>
      withExecutor(shared(), program, initial, (executor) => lossesOf(executor, STEPS), options);
    const optimised = await run();
    const naive = await run(NAIVE);
    expect(optimised.length).toBe(STEPS);
    expect(new Set(optimised).size).toBeGreaterThan(STEPS / 2);
    const worst = Math.max(...optimised.map((loss, k) => Math.abs(loss / (naive[k] as number) - 1)));
    expect(worst).toBeLessThanOrEqual(1e-5);
  });

  test("has the same bits when the same plan is run twice", async () => {
    const { program, initial } = model();
    const run = (stepsPerSubmit: number) =>
      withExecutor(shared(), program, initial, async (executor) => {
        const losses = await lossesOf(executor, STEPS, stepsPerSubmit);
        return { losses, state: await executor.readState() };
      });
    const first = await run(10);
    const second = await run(7);
    expect(second.losses).toEqual(first.losses);
    expect(bitsOf(second.state)).toEqual(bitsOf(first.state));
  });
});

/** As words, so that NaN equals NaN and 0 differs from −0. */
function bitsOf(state: ReadonlyMap<string, Values>): Map<string, Uint32Array> {
  return new Map([...state].map(([name, { buffer }]) => [name, new Uint32Array(buffer)]));
}

test("a tiny MLP follows the float64 interpreter, parameter for parameter", async () => {
  const { program, initial, parameters } = mlp(8, 5, 6);
  await withExecutor(shared(), program, initial, async (executor) => {
    const losses = await lossesOf(executor, 5);
    let state = stateOf(initial, program);
    for (const loss of losses) {
      const result = step(program, state);
      state = result.state;
      expect(loss).toBeCloseTo(result.metrics.loss as number, 5);
    }
    for (const parameter of parameters) {
      const values = await executor.read(parameter);
      const expected = state.get(parameter)?.data as Float64Array;
      for (const [k, value] of values.entries()) expect(value).toBeCloseTo(expected[k] as number, 4);
    }
  });
});
