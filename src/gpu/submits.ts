import { DescentError } from "../errors.ts";
import { withDeadline } from "./deadline.ts";
import type { Gpu } from "./device.ts";

/**
 * Submits command buffers with at most two in flight: one that runs and one that waits, so that the GPU is never idle
 * and a pause, a changed value or a reading never waits behind more than that.
 */
export class SubmitQueue {
  readonly #gpu: Gpu;
  readonly #limit: number;
  /** One a submit that is not known to be done, oldest first. */
  readonly #pending: Promise<unknown>[] = [];

  constructor(gpu: Gpu, limit = 2) {
    this.#gpu = gpu;
    this.#limit = limit;
  }

  get inFlight(): number {
    return this.#pending.length;
  }

  /** Submits at once. Throws the device's failure, and where `whenReady()` was not awaited. */
  submit(...commands: readonly GPUCommandBuffer[]): void {
    this.#gpu.assertAlive();
    if (this.#pending.length >= this.#limit) {
      throw new DescentError("validation", `${this.#limit} submits are in flight; await whenReady() before the next`);
    }
    const { queue } = this.#gpu.device;
    queue.submit(commands);
    const forget = () => this.#pending.splice(this.#pending.indexOf(done), 1);
    const done: Promise<unknown> = queue.onSubmittedWorkDone().then(forget, forget);
    this.#pending.push(done);
  }

  /** Waits until another submit may follow. Throws "timeout" when the GPU hangs, or the device's failure. */
  async whenReady(): Promise<void> {
    while (this.#pending.length >= this.#limit) await this.#oldest();
    this.#gpu.assertAlive();
  }

  /** Waits until everything submitted is done. Throws as `whenReady` does. */
  async whenIdle(): Promise<void> {
    while (this.#pending.length > 0) await this.#oldest();
    this.#gpu.assertAlive();
  }

  async #oldest(): Promise<void> {
    try {
      await withDeadline(this.#pending[0] as Promise<unknown>, this.#gpu.deadlineMs, "the oldest submit");
    } catch (error) {
      this.#gpu.fail(error as DescentError); // nothing but the deadline rejects
    }
    // A lost device answers "done" like any other.
    this.#gpu.assertAlive();
  }
}
