import { DescentError } from "../errors.ts";
import { type CpuPlan, cpuPlan } from "./cpu-plan.ts";
import { NdArray } from "./nd-array.ts";
import { originOf } from "./op.ts";
import { nameOfVariable } from "./ops/variable.ts";
import type { Program } from "./program.ts";
import { destroyed, noSuchVariable, type Replay, requireCount, requireStateOf, runIsUnderWay } from "./replay.ts";
import { checkRun, type RunOptions, type StepMetrics } from "./run-options.ts";
import { sameShape, type Tensor, type TensorType } from "./tensor.ts";
import { typed, type Values } from "./values.ts";

/** Between two turns of the event loop, in milliseconds: a message waits no longer, but for a step that takes longer. */
const SLICE_MS = 16;

/**
 * Runs a program on the CPU by the reference interpreter: each step in float64, what it stores rounded to the variable's
 * dtype. The stand-in of `Executor` where there is no WebGPU.
 */
export class CpuExecutor implements Replay {
  readonly plan: CpuPlan;
  /** The variables' values. No array is ever changed, so that they may be shared. */
  readonly #state = new Map<string, NdArray>();
  readonly #outputs = new Map<Tensor, NdArray>();
  #steps = 0;
  #slices = 0;
  #isRunning = false;
  #isDestroyed = false;

  constructor(program: Program) {
    this.plan = cpuPlan(program);
    for (const [name, { shape, dtype }] of this.plan.variables) this.#state.set(name, NdArray.zeros(shape, dtype));
    for (const output of this.plan.outputs) this.#outputs.set(output, NdArray.zeros(output.shape, output.dtype));
  }

  get steps(): number {
    return this.#steps;
  }

  get submitted(): number {
    return this.#steps;
  }

  get submits(): number {
    return this.#slices;
  }

  write(variable: Tensor, values: ArrayLike<number>): void {
    this.#assertUsable();
    const name = nameOfVariable(variable);
    const type = this.#written(name);
    requireCount(name, type, values);
    this.#put(name, type, typed(type.dtype, values));
  }

  async read(tensor: Tensor): Promise<Values> {
    this.#assertUsable();
    const isVariable = tensor.call.op.name === "variable";
    const value = isVariable ? this.#variable(nameOfVariable(tensor)) : this.#outputs.get(tensor);
    if (value !== undefined) return valuesOf(value);
    throw new DescentError("graph", "its values are not kept; name it in the program's outputs", originOf(tensor.call));
  }

  async readState(wanted: (name: string) => boolean = () => true): Promise<Map<string, Values>> {
    this.#assertUsable();
    const values = [...this.#state].filter(([name]) => wanted(name));
    return new Map(values.map(([name, value]) => [name, valuesOf(value)]));
  }

  writeState(state: ReadonlyMap<string, Values>): void {
    this.#assertUsable();
    for (const [name, values] of state) requireStateOf(name, this.#written(name), values);
    for (const [name, values] of state) this.#put(name, this.#written(name), values);
  }

  copyFrom(other: CpuExecutor, source: (name: string) => string | undefined = (name) => name): void {
    this.#assertUsable();
    for (const [name, to] of this.#state) {
      const from = other.#state.get(source(name) ?? "");
      if (from?.dtype === to.dtype && sameShape(from.shape, to.shape)) this.#state.set(name, from);
    }
  }

  async run(steps: number, options: RunOptions = {}): Promise<void> {
    this.#assertUsable();
    checkRun(steps, options);
    if (this.#isRunning) throw runIsUnderWay();
    this.#isRunning = true;
    try {
      await this.#runAll(steps, options);
    } finally {
      this.#isRunning = false;
    }
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#state.clear();
    this.#outputs.clear();
  }

  async #runAll(steps: number, { signal, targetMs = SLICE_MS, stepsPerSubmit, onMetrics }: RunOptions): Promise<void> {
    for (let left = steps; left > 0 && signal?.aborted !== true; ) {
      const end = performance.now() + Math.min(targetMs, SLICE_MS);
      const most = Math.min(left, stepsPerSubmit ?? left);
      const rows: StepMetrics[] = [];
      do rows.push(this.#step());
      while (rows.length < most && performance.now() < end);
      left -= rows.length;
      this.#slices += 1;
      if (this.plan.metrics.length > 0) onMetrics?.(rows);
      await nextTurn();
      this.#assertUsable();
    }
  }

  /** Computes everything from the values before the step, then stores it. */
  #step(): StepMetrics {
    const { feed, interpretation, updates, metrics, outputs } = this.plan;
    const results = interpretation.evaluate(new Map([...feed].map(([name, tensor]) => [tensor, this.#variable(name)])));
    for (const name of updates) this.#state.set(name, rounded(results.shift() as NdArray));
    const row = metrics.map((name) => [name, rounded(results.shift() as NdArray).at(0)]);
    for (const output of outputs) this.#outputs.set(output, results.shift() as NdArray);
    this.#steps += 1;
    return { ...Object.fromEntries(row), step: this.#steps };
  }

  #assertUsable(): void {
    if (this.#isDestroyed) throw destroyed();
  }

  #variable(name: string): NdArray {
    const value = this.#state.get(name);
    if (value !== undefined) return value;
    throw noSuchVariable(name, [...this.#state.keys()]);
  }

  /** What a variable takes, also one that makes no difference. */
  #written(name: string): TensorType {
    return this.plan.dropped.get(name) ?? this.#variable(name);
  }

  #put(name: string, { shape, dtype }: TensorType, values: Values): void {
    if (this.#state.has(name)) this.#state.set(name, new NdArray(shape, Float64Array.from(values), dtype));
  }
}

/** The values as a variable of their dtype holds them. */
function valuesOf({ dtype, data }: NdArray): Values {
  return typed(dtype, data);
}

function rounded(value: NdArray): NdArray {
  return new NdArray(value.shape, Float64Array.from(valuesOf(value)), value.dtype);
}

/** Lets in the messages that wait. A timer would do it too, but browsers hold back one after the other by 4 ms. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
