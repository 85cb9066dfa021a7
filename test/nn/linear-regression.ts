import { gradient } from "../../src/graph/gradient.ts";
import { add } from "../../src/graph/ops/add.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { mean } from "../../src/graph/ops/mean.ts";
import { square } from "../../src/graph/ops/square.ts";
import { sub } from "../../src/graph/ops/sub.ts";
import { nameOfVariable, variable } from "../../src/graph/ops/variable.ts";
import type { Program } from "../../src/graph/program.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Optimizer } from "../../src/nn/optimizer.ts";
import { parameterUpdates } from "../../src/nn/parameter-updates.ts";
import { step as runStep, type State, stateOf } from "../plan/step.ts";
import fixture from "./fixtures/optimizers.json" with { type: "json" };

/** The fixture's problem: a matrix (4, 3) and a vector (3), the mean squared error of x·matrix + vector on six samples. */
export const { problem } = fixture;
const [SAMPLES, INPUTS, OUTPUTS] = [6, 4, 3];

export interface Setting {
  readonly optimizer: Optimizer;
  readonly rate: number;
  /** Values of the optimizer's fields; default: the fields' own. */
  readonly config?: Readonly<Record<string, number>>;
  readonly weightDecay?: number | undefined;
  readonly clipValue?: number | undefined;
  readonly clipNorm?: number | undefined;
  readonly average?: number | undefined;
}

export interface Regression {
  readonly program: Program;
  readonly initial: ReadonlyMap<Tensor, ArrayLike<number>>;
}

/** The training step of the problem. All numbers of the setting are live variables. */
export function regression(setting: Setting): Regression {
  const { optimizer, config = defaultsOf(optimizer) } = setting;
  const [matrix, vector] = [variable("dense.kernel", [INPUTS, OUTPUTS]), variable("dense.bias", [OUTPUTS])];
  const step = variable("step", [], "u32");
  const initial = new Map<Tensor, ArrayLike<number>>([
    [matrix, problem.matrix],
    [vector, problem.vector],
    [step, [0]],
  ]);
  const number = (name: string, value: number) => {
    const live = variable(name);
    initial.set(live, [value]);
    return live;
  };
  const optional = (name: "weightDecay" | "clipValue" | "clipNorm" | "average") => {
    const value = setting[name];
    return value === undefined ? undefined : number(name, value);
  };
  const output = add(matmul(constant(problem.x, [SAMPLES, INPUTS]), matrix), vector);
  const loss = mean(square(sub(output, constant(problem.target, [SAMPLES, OUTPUTS]))));
  const updates = parameterUpdates([matrix, vector], gradient(loss, [matrix, vector]), {
    optimizer,
    config,
    number,
    rate: number("rate", setting.rate),
    step,
    weightDecay: optional("weightDecay"),
    clipValue: optional("clipValue"),
    clipNorm: optional("clipNorm"),
    average: optional("average"),
  });
  for (const [tensor, values] of updates.initial) initial.set(tensor, values);
  for (const [parameter, mean] of updates.averages) initial.set(mean, initial.get(parameter) as ArrayLike<number>);
  const program = { updates: [...updates.updates, [step, add(step, 1)] as const], metrics: { loss } };
  return { program, initial };
}

export function defaultsOf({ fields }: Pick<Optimizer, "fields">): Record<string, number> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default as number]));
}

export interface Trajectory {
  /** Before each step. */
  readonly losses: readonly number[];
  /** After the last step, by name. */
  readonly values: Readonly<Record<string, readonly number[]>>;
}

/** So many steps in the interpreter, in float64. */
export function interpreted({ program, initial }: Regression, steps: number): Trajectory {
  let state: State = stateOf(initial, program);
  const losses: number[] = [];
  for (let k = 0; k < steps; k++) {
    const result = runStep(program, state);
    state = result.state;
    losses.push(result.metrics.loss as number);
  }
  const entries = [...state].map(([tensor, { data }]) => [nameOfVariable(tensor), Array.from(data)] as const);
  return { losses, values: Object.fromEntries(entries) };
}

/** The gradients of the problem's loss, by hand: (2 / N) · xᵀ·r and (2 / N) · Σ r, with r = x·matrix + vector - target. */
export function gradientsByHand(matrix: readonly number[], vector: readonly number[]): [number[], number[]] {
  const ofMatrix = new Array<number>(INPUTS * OUTPUTS).fill(0);
  const ofVector = new Array<number>(OUTPUTS).fill(0);
  for (let b = 0; b < SAMPLES; b++) {
    for (let o = 0; o < OUTPUTS; o++) {
      let y = vector[o] as number;
      for (let i = 0; i < INPUTS; i++) y += at(problem.x, b * INPUTS + i) * at(matrix, i * OUTPUTS + o);
      const dy = (2 / (SAMPLES * OUTPUTS)) * (y - at(problem.target, b * OUTPUTS + o));
      ofVector[o] = at(ofVector, o) + dy;
      for (let i = 0; i < INPUTS; i++) {
        ofMatrix[i * OUTPUTS + o] = at(ofMatrix, i * OUTPUTS + o) + at(problem.x, b * INPUTS + i) * dy;
      }
    }
  }
  return [ofMatrix, ofVector];
}

function at(values: readonly number[], position: number): number {
  return values[position] as number;
}
