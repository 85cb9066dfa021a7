import { DescentError } from "../errors.ts";
import { type GpuBuffer, upload } from "../gpu/buffers.ts";
import type { Gpu } from "../gpu/device.ts";
import { compilePipelines } from "../gpu/pipelines.ts";
import { ReadbackRing, readBuffer } from "../gpu/readback.ts";
import { SubmitQueue } from "../gpu/submits.ts";
import { allocatePlan } from "./allocate.ts";
import { bindGroupsOf } from "./bind-groups.ts";
import { isReserved, RING, RING_STEPS } from "./metrics-ring.ts";
import { originOf } from "./op.ts";
import { nameOfVariable } from "./ops/variable.ts";
import { Pace } from "./pace.ts";
import type { Dispatch, Place, Plan, Readable } from "./plan.ts";
import { destroyed, noSuchVariable, type Replay, requireCount, requireStateOf, runIsUnderWay } from "./replay.ts";
import { checkRun, type RunOptions, type StepMetrics } from "./run-options.ts";
import { Tap } from "./taps.ts";
import { sameShape, type Tensor, type TensorType } from "./tensor.ts";
import { typed, type Values, view } from "./values.ts";

/**
 * Replays a plan: K steps in one compute pass and one submit, from arrays that were made once. A step counts as done
 * when its metrics were read back, never before.
 */
export class Executor implements Replay {
  readonly plan: Plan;
  readonly #gpu: Gpu;
  readonly #buffers: readonly GpuBuffer[];
  readonly #pipelines: readonly GPUComputePipeline[];
  readonly #bindGroups: readonly GPUBindGroup[];
  readonly #queue: SubmitQueue;
  readonly #readback: ReadbackRing;
  readonly #taps = new Set<Tap>();
  /** Ends the run that is under way, if there is one. */
  #abandon: ((reason: DescentError) => void) | undefined;
  #destroyed = false;
  #submitted = 0;
  #done = 0;
  #submits = 0;
  readonly #pace = new Pace();

  private constructor(
    gpu: Gpu,
    plan: Plan,
    buffers: readonly GpuBuffer[],
    pipelines: readonly GPUComputePipeline[],
    bindGroups: readonly GPUBindGroup[],
    readback: ReadbackRing,
  ) {
    this.plan = plan;
    this.#gpu = gpu;
    this.#buffers = buffers;
    this.#pipelines = pipelines;
    this.#bindGroups = bindGroups;
    this.#readback = readback;
    this.#queue = new SubmitQueue(gpu);
  }

  /** Allocates the plan's memory and compiles its shaders. Throws "out-of-memory", "wgsl" or the device's failure. */
  static async create(gpu: Gpu, plan: Plan): Promise<Executor> {
    const buffers = await allocatePlan(gpu, plan);
    try {
      for (const { place, words } of plan.constants) {
        upload(gpu, buffers[place.buffer] as GpuBuffer, words, place.offset);
      }
      const pipelines = await compilePipelines(
        gpu,
        plan.dispatches.map((dispatch) => requestOf(gpu, dispatch)),
      );
      const bindGroups = bindGroupsOf(gpu, plan, buffers, pipelines);
      const ringBytes = Math.max(4, 4 * RING_STEPS * plan.metrics.length);
      return new Executor(gpu, plan, buffers, pipelines, bindGroups, await ReadbackRing.create(gpu, ringBytes));
    } catch (error) {
      for (const buffer of buffers) buffer.destroy();
      throw error;
    }
  }

  /** Steps whose metrics have been read back. */
  get steps(): number {
    return this.#done;
  }

  /** Steps that were submitted; a value written now is seen by those after them. */
  get submitted(): number {
    return this.#submitted;
  }

  /** Submits that steps were recorded into. */
  get submits(): number {
    return this.#submits;
  }

  /**
   * Sets a variable between submits: initial weights, a data set, a live value. No recompile. One that the program
   * names but whose value makes no difference is not kept: writing it does nothing.
   */
  write(variable: Tensor, values: ArrayLike<number>): void {
    this.#assertUsable();
    const name = nameOfVariable(variable);
    const type = this.#written(name);
    requireCount(name, type, values);
    this.#put(name, typed(type.dtype, values));
  }

  /** The values of an output or a variable as of the last step submitted. */
  async read(tensor: Tensor): Promise<Values> {
    this.#assertUsable();
    const readable = this.#readable(tensor);
    if (readable.after < this.plan.dispatches.length) {
      const message = "its memory is reused within the step; follow it with a tap, or name it in the program's outputs";
      throw new DescentError("graph", message, originOf(tensor.call));
    }
    return view(readable.dtype, await this.#bytes(readable));
  }

  /**
   * All variables, or those wanted: parameters, moments, statistics, counters. Put back by `writeState`, the run goes on
   * bit for bit.
   */
  async readState(wanted: (name: string) => boolean = () => true): Promise<Map<string, Values>> {
    this.#assertUsable();
    const state = new Map<string, Values>();
    const names = this.#names().filter(wanted);
    const values = await Promise.all(
      names.map(async (name) => {
        const readable = this.#variable(name);
        return view(readable.dtype, await this.#bytes(readable));
      }),
    );
    for (const [k, name] of names.entries()) state.set(name, values[k] as Values);
    return state;
  }

  /**
   * Puts back what `readState` gave: all of it, or nothing where a name, size or dtype does not fit. Variables it does
   * not name keep their values.
   */
  writeState(state: ReadonlyMap<string, Values>): void {
    this.#assertUsable();
    for (const [name, values] of state) requireStateOf(name, this.#written(name), values);
    for (const [name, values] of state) this.#put(name, values);
  }

  /**
   * Takes over the values of another executor's variables, on the GPU, without a readback: of those that both have
   * with the same shape, or those that `source` names for one of ours (undefined: leave it).
   */
  copyFrom(other: Executor, source: (name: string) => string | undefined = (name) => name): void {
    this.#assertUsable();
    const encoder = this.#gpu.device.createCommandEncoder();
    for (const name of this.#names()) {
      const to = this.#variable(name);
      const from = other.plan.variables.get(source(name) ?? "");
      if (from === undefined || to.place.bytes === 0) continue;
      if (from.dtype !== to.dtype || !sameShape(from.shape, to.shape)) continue;
      encoder.copyBufferToBuffer(
        other.#handle(from.place),
        from.place.offset,
        this.#handle(to.place),
        to.place.offset,
        to.place.bytes,
      );
    }
    this.#gpu.device.queue.submit([encoder.finish()]);
  }

  /**
   * Runs so many steps and resolves when their metrics are back; without end for Infinity. Throws the device's
   * failure, and what a listener or a tap's listener throws; the steps that had not come back by then do not count.
   * One run at a time.
   */
  async run(steps: number, options: RunOptions = {}): Promise<void> {
    this.#assertUsable();
    checkRun(steps, options);
    if (this.#abandon !== undefined) throw runIsUnderWay();
    try {
      await new Promise<void>((resolve, reject) => {
        this.#abandon = reject;
        this.#runAll(steps, options).then(resolve, reject);
      });
    } finally {
      this.#abandon = undefined;
    }
  }

  async #runAll(steps: number, options: RunOptions): Promise<void> {
    const { signal, targetMs = 50 } = options;
    const pending = new Set<Promise<void>>();
    let failure: unknown;
    for (let left = steps; left > 0 && failure === undefined && signal?.aborted !== true; ) {
      await this.#queue.whenReady();
      while (!this.#readback.ready && failure === undefined) await Promise.race(pending);
      // What is recorded is submitted at once, so that memory is never freed between the two.
      if (this.#destroyed || failure !== undefined) break;
      const count = Math.min(left, options.stepsPerSubmit ?? this.#pace.stepsFor(targetMs, RING_STEPS), RING_STEPS);
      const done = this.#submit(count, options)
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => pending.delete(done));
      pending.add(done);
      left -= count;
    }
    await Promise.all(pending);
    if (failure !== undefined) throw failure;
    await this.#queue.whenIdle();
  }

  /**
   * Follows a kept tensor, output or variable: at the end of each submit that starts `everyMs` or more after the last,
   * its values in that submit's last step are copied out. Costs nothing once it is closed.
   */
  async tap(tensor: Tensor, everyMs: number, listener: (values: Values, step: number) => void): Promise<() => void> {
    this.#assertUsable();
    const readable = this.#readable(tensor);
    const pass = (bytes: ArrayBuffer, step: number) => listener(view(readable.dtype, bytes), step);
    const tap = await Tap.open(this.#gpu, readable, everyMs, pass);
    if (this.#destroyed) tap.close();
    this.#assertUsable();
    this.#taps.add(tap);
    return () => {
      this.#taps.delete(tap);
      tap.close();
    };
  }

  /**
   * Frees all memory of the plan. A run that is under way rejects, and so does all that is called afterwards; what was
   * being read still comes.
   */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#abandon?.(this.#gpu.failure ?? destroyed());
    for (const tap of this.#taps) tap.close();
    this.#taps.clear();
    this.#readback.destroy();
    for (const buffer of this.#buffers) buffer.destroy();
  }

  async #submit(count: number, { onMetrics }: RunOptions): Promise<void> {
    const started = performance.now();
    for (const tap of this.#taps) if (tap.closed) this.#taps.delete(tap);
    const due = [...this.#taps].filter((tap) => tap.isDue(started));
    const encoder = this.#gpu.device.createCommandEncoder();
    this.#record(encoder, count, due, started);
    const ring = this.plan.variables.get(RING)?.place;
    if (ring !== undefined) this.#readback.copyFrom(encoder, this.#handle(ring), ring.offset, ring.bytes);
    const first = this.#submitted;
    this.#submitted += count;
    this.#queue.submit(encoder.finish());
    this.#submits += 1;
    const delivered = due.map((tap) => tap.deliver(first + count));
    const results = await Promise.allSettled([this.#finish(first, count, started, onMetrics), ...delivered]);
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  /** Counts a submit's steps once their metrics have come back. */
  async #finish(first: number, count: number, started: number, onMetrics: RunOptions["onMetrics"]): Promise<void> {
    const { metrics, variables } = this.plan;
    const rows = variables.has(RING) ? new Float32Array(await this.#readback.read()) : await this.#queue.whenIdle();
    this.#assertUsable();
    this.#done += count;
    this.#pace.learn(started, count);
    if (rows !== undefined) onMetrics?.(Array.from({ length: count }, (_, k) => rowOf(rows, metrics, first + k)));
  }

  /** One compute pass for all the steps; where taps are due, the last step is cut after what they look at. */
  #record(encoder: GPUCommandEncoder, count: number, due: readonly Tap[], started: number): void {
    const { dispatches } = this.plan;
    const pipelines = this.#pipelines;
    const bindGroups = this.#bindGroups;
    let pass = encoder.beginComputePass();
    const replay = (from: number, to: number) => {
      for (let k = from; k < to; k++) {
        pass.setPipeline(pipelines[k] as GPUComputePipeline);
        pass.setBindGroup(0, bindGroups[k] as GPUBindGroup);
        const { workgroups } = dispatches[k] as Dispatch;
        pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
      }
    };
    for (let step = 1; step < count; step++) replay(0, dispatches.length);
    let from = 0;
    for (const tap of [...due].sort((a, b) => a.readable.after - b.readable.after)) {
      const { after, place } = tap.readable;
      replay(from, after);
      from = after;
      pass.end();
      tap.copyFrom(encoder, this.#handle(place), started);
      pass = encoder.beginComputePass();
    }
    replay(from, dispatches.length);
    pass.end();
  }

  #assertUsable(): void {
    this.#gpu.assertAlive();
    if (this.#destroyed) throw destroyed();
  }

  /** The variables of the program, without the engine's own. */
  #names(): string[] {
    return [...this.plan.variables.keys()].filter((name) => !isReserved(name));
  }

  #variable(name: string): Readable {
    const variable = isReserved(name) ? undefined : this.plan.variables.get(name);
    if (variable !== undefined) return variable;
    throw noSuchVariable(name, this.#names());
  }

  /** What a variable takes, also one that makes no difference. */
  #written(name: string): TensorType {
    return this.plan.dropped.get(name) ?? this.#variable(name);
  }

  #readable(tensor: Tensor): Readable {
    if (tensor.call.op.name === "variable") return this.#variable(nameOfVariable(tensor));
    const readable = this.plan.readable(tensor);
    if (readable === undefined) {
      const message = "its values are not kept; name it in the program's outputs, or in keep to follow it with a tap";
      throw new DescentError("graph", message, originOf(tensor.call));
    }
    return readable;
  }

  async #bytes({ place }: Readable): Promise<ArrayBuffer> {
    if (place.bytes === 0) return new ArrayBuffer(0);
    return readBuffer(this.#gpu, this.#handle(place), place.offset, place.bytes);
  }

  #put(name: string, values: Values): void {
    if (this.plan.dropped.has(name)) return;
    const { buffer, offset } = this.#variable(name).place;
    upload(this.#gpu, this.#buffers[buffer] as GpuBuffer, values, offset);
  }

  #handle({ buffer }: Place): GPUBuffer {
    return (this.#buffers[buffer] as GpuBuffer).handle;
  }
}

function requestOf(gpu: Gpu, { op, node, code, constants }: Dispatch) {
  const origin = { op, node };
  return { code, entry: "main", constants, label: gpu.label(origin), origin };
}

function rowOf(rows: Float32Array, names: readonly string[], step: number): StepMetrics {
  const row = (step % RING_STEPS) * names.length;
  const entries = names.map((name, k) => [name, rows[row + k] as number]);
  return { ...Object.fromEntries(entries), step: step + 1 };
}
