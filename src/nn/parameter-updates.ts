import { add } from "../graph/ops/add.ts";
import { cast } from "../graph/ops/cast.ts";
import { div } from "../graph/ops/div.ts";
import { maximum } from "../graph/ops/maximum.ts";
import { minimum } from "../graph/ops/minimum.ts";
import { mul } from "../graph/ops/mul.ts";
import { neg } from "../graph/ops/neg.ts";
import { sqrt } from "../graph/ops/sqrt.ts";
import { square } from "../graph/ops/square.ts";
import { sub } from "../graph/ops/sub.ts";
import { sum } from "../graph/ops/sum.ts";
import { nameOfVariable, variable } from "../graph/ops/variable.ts";
import type { Program } from "../graph/program.ts";
import { sizeOf, type Tensor } from "../graph/tensor.ts";
import type { Optimizer, OptimizerState, UpdateContext } from "./optimizer.ts";
import { mixed } from "./optimizers/running-mean.ts";

export interface UpdateOptions {
  readonly optimizer: Optimizer;
  /** Values of the optimizer's fields, by name. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The live scalar variable of one of the optimizer's numbers, whose value in the config is given. */
  readonly number: (name: string, value: number) => Tensor;
  /** The learning rate of this step, f32 scalar; so are the others. */
  readonly rate: Tensor;
  /** Steps done before this one, u32 scalar. */
  readonly step: Tensor;
  readonly weightDecay?: Tensor | undefined;
  readonly clipValue?: Tensor | undefined;
  readonly clipNorm?: Tensor | undefined;
  /** The decay of the weights' moving averages; left out: none are kept. */
  readonly average?: Tensor | undefined;
}

export interface ParameterUpdates {
  /** Of the parameters, of what the optimizer remembers of them, and of their averages. */
  readonly updates: NonNullable<Program["updates"]>;
  /** What the optimizer's variables start from, where that is not 0. */
  readonly initial: ReadonlyMap<Tensor, Float32Array<ArrayBuffer>>;
  /**
   * Each parameter's moving average, a variable "<parameter> average" of its shape. Start it from the parameter's own
   * first values: an average from 0 would have to be corrected for it.
   */
  readonly averages: ReadonlyMap<Tensor, Tensor>;
}

/**
 * A step of an optimizer as graph. Parameters are variables; gradients have their shapes. In this order: gradients are
 * clipped by value, then by their global norm; weight decay, on parameters of two axes or more alone, so that biases
 * and scales are not pulled to 0; the optimizer's update; the moving averages of the new values.
 */
export function parameterUpdates(
  parameters: readonly Tensor[],
  gradients: readonly Tensor[],
  options: UpdateOptions,
): ParameterUpdates {
  const { optimizer, rate, weightDecay, average } = options;
  const updates: [Tensor, Tensor][] = [];
  const initial = new Map<Tensor, Float32Array<ArrayBuffer>>();
  const averages = new Map<Tensor, Tensor>();
  const clipped = clippedByNorm(clippedByValue(gradients, options.clipValue), options.clipNorm);
  const time = cast(add(options.step, 1), "f32");
  const values = optionsOf(options);
  for (const [k, parameter] of parameters.entries()) {
    const name = nameOfVariable(parameter);
    const decay = parameter.shape.length >= 2 ? weightDecay : undefined;
    const before = clipped[k] as Tensor;
    const gradient = decay && optimizer.decay === "gradient" ? add(before, mul(decay, parameter)) : before;
    const state: UpdateContext["state"] = (short, { initial: first = 0, shape = parameter.shape } = {}) => {
      const value = variable(`${name} ${short}`, shape);
      if (first !== 0) initial.set(value, new Float32Array(sizeOf(shape)).fill(first));
      return { value, update: (next) => updates.push([value, next]) } satisfies OptimizerState;
    };
    const moved = optimizer.update({ parameter, gradient, rate, time, options: values, state });
    const next = decay && optimizer.decay === "parameter" ? sub(moved, mul(mul(rate, decay), parameter)) : moved;
    updates.push([parameter, next]);
    if (average === undefined) continue;
    const mean = variable(`${name} average`, parameter.shape);
    averages.set(parameter, mean);
    updates.push([mean, mixed(mean, next, average)]);
  }
  return { updates, initial, averages };
}

/** The optimizer's numbers as live scalars, its choices and flags as they are. */
function optionsOf({ optimizer, config, number }: UpdateOptions): UpdateContext["options"] {
  const entries = Object.entries(optimizer.fields).map(([name, field]) => {
    const value = config[name];
    return [name, field.kind === "number" ? number(name, value as number) : value];
  });
  return Object.fromEntries(entries) as UpdateContext["options"];
}

/** Each element kept within ± the limit, as torch.nn.utils.clip_grad_value_ does. */
function clippedByValue(gradients: readonly Tensor[], limit: Tensor | undefined): readonly Tensor[] {
  if (limit === undefined) return gradients;
  return gradients.map((gradient) => minimum(maximum(gradient, neg(limit)), limit));
}

/**
 * All gradients times min(1, limit / (norm + 1e-6)), with their Euclidean norm taken together, as
 * torch.nn.utils.clip_grad_norm_ does.
 */
function clippedByNorm(gradients: readonly Tensor[], limit: Tensor | undefined): readonly Tensor[] {
  if (limit === undefined || gradients.length === 0) return gradients;
  const squares = gradients.map((gradient) => sum(square(gradient)));
  const norm = sqrt(squares.reduce((total, part) => add(total, part)));
  const factor = minimum(div(limit, add(norm, 1e-6)), 1);
  return gradients.map((gradient) => mul(gradient, factor));
}
