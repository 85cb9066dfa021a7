import { DescentError } from "../errors.ts";
import type { RunOptions } from "./run-options.ts";
import { formatShape, sizeOf, type Tensor, type TensorType } from "./tensor.ts";
import { arrayOf, type Values } from "./values.ts";

/** A program's steps, to be run as often as wanted: on a GPU by `Executor`, on the CPU by `CpuExecutor`. */
export interface Replay {
  readonly plan: ReplayPlan;
  /** Steps whose metrics have been given. */
  readonly steps: number;
  /** Steps that were begun; a value written now is seen by those after them. */
  readonly submitted: number;
  /** How many parts the steps were run in. */
  readonly submits: number;
  /** Sets a variable between steps. One that the program names but whose value makes no difference is not kept. */
  write(variable: Tensor, values: ArrayLike<number>): void;
  /** The values of an output or a variable as of the last step submitted. */
  read(tensor: Tensor): Promise<Values>;
  /** All variables, or those wanted. Put back by `writeState`, the run goes on bit for bit. */
  readState(wanted?: (name: string) => boolean): Promise<Map<string, Values>>;
  /** Puts back what `readState` gave, or nothing where a name, size or dtype does not fit. */
  writeState(state: ReadonlyMap<string, Values>): void;
  /**
   * Takes over variables of another replay of the same backend: those that both have with the same shape, or those that
   * `source` names for one of ours (undefined: leave it).
   */
  copyFrom(other: Replay, source?: (name: string) => string | undefined): void;
  /** Runs so many steps and resolves when their metrics were given; without end for Infinity. One run at a time. */
  run(steps: number, options?: RunOptions): Promise<void>;
  /** Frees its memory. A run that is under way rejects, and so does all that is called afterwards. */
  destroy(): void;
}

/** What a screen or a trainer may know of a program that is ready to run. */
export interface ReplayPlan {
  readonly variables: ReadonlyMap<string, TensorType>;
  /** Variables of the program whose values make no difference: they have no place. */
  readonly dropped: ReadonlyMap<string, TensorType>;
  /** What is done at each step, one after the other. */
  readonly dispatches: readonly unknown[];
  /** In bytes. */
  readonly memory: { readonly total: number };
}

// What every replay refuses, in the same words.

export function destroyed(): DescentError {
  return new DescentError("validation", "the executor was destroyed; create another one");
}

export function runIsUnderWay(): DescentError {
  return new DescentError("validation", "a run is under way; await it, or stop it by its signal");
}

export function noSuchVariable(name: string, names: readonly string[]): DescentError {
  return new DescentError("graph", `the plan has no variable "${name}"; it has ${names.join(", ")}`);
}

/** Refuses values for a variable that are not as many as it holds. */
export function requireCount(name: string, { shape }: TensorType, { length }: ArrayLike<number>): void {
  if (length === sizeOf(shape)) return;
  throw new DescentError(
    "shape",
    `variable "${name}" holds ${formatShape(shape)}, ${sizeOf(shape)} values; ${length} were given`,
  );
}

/** Refuses values of a state that are of another dtype than the variable, or not as many as it holds. */
export function requireStateOf(name: string, { dtype, shape }: TensorType, values: Values): void {
  if (!(values instanceof arrayOf(dtype))) {
    throw new DescentError(
      "shape",
      `the state has a ${(values as Values).constructor.name} for "${name}", which is ${dtype}; give a ${arrayOf(dtype).name}`,
    );
  }
  if (values.length !== sizeOf(shape)) {
    throw new DescentError(
      "shape",
      `the state has ${values.length} values for "${name}", which holds ${formatShape(shape)}`,
    );
  }
}
