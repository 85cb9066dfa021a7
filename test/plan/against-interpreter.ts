import { expect } from "vitest";
import type { Gpu } from "../../src/gpu/device.ts";
import type { Program } from "../../src/graph/program.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { type Initial, NAIVE, type PlanOptions, withExecutor } from "./open.ts";
import { type State, stateOf, step } from "./step.ts";

/** Float32 against float64, after a few steps. */
const RELATIVE = 2e-5;
const ABSOLUTE = 1e-5;

/**
 * Runs a program on the GPU for some steps, optimised, naive and with the kernels of the other kind of adapter, and the
 * interpreter beside it. Fails where an update
 * of a variable, an output or a metric differs after any step.
 */
export async function expectSameAsInterpreter(gpu: Gpu, program: Program, initial: Initial, steps = 3): Promise<void> {
  const other = { software: !gpu.profile.software };
  for (const [plan, options] of [
    ["optimised", {}],
    ["naive", NAIVE],
    ["other adapter's", other],
  ] as const) {
    const differences = await differencesOf(gpu, program, initial, steps, options);
    expect(differences, `${plan} plan`).toEqual([]);
  }
}

export async function differencesOf(
  gpu: Gpu,
  program: Program,
  initial: Initial,
  steps: number,
  options: PlanOptions,
): Promise<string[]> {
  const { updates = [], outputs = [] } = program;
  const found: string[] = [];
  await withExecutor(
    gpu,
    program,
    initial,
    async (executor) => {
      let state: State = stateOf(initial, program);
      for (let count = 1; count <= steps; count++) {
        const metrics: Record<string, number>[] = [];
        await executor.run(1, { onMetrics: (rows) => metrics.push(...rows) });
        const expected = step(program, state);
        state = expected.state;
        const compare = (name: string, values: ArrayLike<number>, reference: ArrayLike<number>) => {
          const k = Array.from(values).findIndex((value, at) => !near(value, reference[at] as number));
          if (values.length !== reference.length) found.push(`step ${count}: ${name} has ${values.length} values`);
          else if (k >= 0) found.push(`step ${count}: ${name}[${k}] is ${values[k]}, not ${reference[k]}`);
        };
        for (const [variable] of updates) {
          compare(nameOf(variable), await executor.read(variable), state.get(variable)?.data ?? []);
        }
        for (const [k, output] of outputs.entries()) {
          compare(`output ${k}`, await executor.read(output), expected.outputs[k]?.data ?? []);
        }
        for (const [name, value] of Object.entries(expected.metrics)) {
          compare(name, [metrics[0]?.[name] ?? Number.NaN], [value]);
        }
      }
    },
    options,
  );
  return found;
}

function near(value: number, reference: number): boolean {
  if (Object.is(value, reference)) return true;
  return Math.abs(value - reference) <= ABSOLUTE + RELATIVE * Math.abs(reference);
}

function nameOf({ call }: Tensor): string {
  return (call.attrs as { readonly name: string }).name;
}
