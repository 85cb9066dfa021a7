import type { Gpu } from "../gpu/device.ts";
import { ReadbackRing } from "../gpu/readback.ts";
import type { Readable } from "./plan.ts";

/** Gets the bytes of the tensor as they were in that step. */
export type TapListener = (bytes: ArrayBuffer, step: number) => void;

/** Copies a tensor out now and then, into staging memory of its own. */
export class Tap {
  readonly readable: Readable;
  readonly #ring: ReadbackRing;
  readonly #everyMs: number;
  readonly #listener: TapListener;
  /** Ends the wait of each delivery that is under way. */
  readonly #waiting = new Set<() => void>();
  #last = Number.NEGATIVE_INFINITY;
  #closed = false;

  private constructor(readable: Readable, ring: ReadbackRing, everyMs: number, listener: TapListener) {
    this.readable = readable;
    this.#ring = ring;
    this.#everyMs = everyMs;
    this.#listener = listener;
  }

  /** Allocates the staging memory. Throws as `createBuffers` does. */
  static async open(gpu: Gpu, readable: Readable, everyMs: number, listener: TapListener): Promise<Tap> {
    return new Tap(readable, await ReadbackRing.create(gpu, Math.max(4, readable.place.bytes)), everyMs, listener);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Whether a submit that starts now, in milliseconds, is to copy the tensor. */
  isDue(now: number): boolean {
    return !this.#closed && now - this.#last >= this.#everyMs && this.#ring.ready;
  }

  /** Records the copy into a submit that starts at `now`; `source` is the buffer in which the tensor lies. */
  copyFrom(encoder: GPUCommandEncoder, source: GPUBuffer, now: number): void {
    const { offset, bytes } = this.readable.place;
    this.#ring.copyFrom(encoder, source, offset, bytes);
    this.#last = now;
  }

  /**
   * Gives the listener what was copied; to be called right after the submit. Throws the device's failure and what the
   * listener throws; the tap is closed then. One that is closed meanwhile is silent and holds nobody up.
   */
  deliver(step: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(resolve);
      const end = () => this.#waiting.delete(resolve);
      const fail = (error: unknown) => {
        reject(error);
        this.close();
      };
      const pass = (bytes: ArrayBuffer) => {
        try {
          if (!this.#closed) this.#listener(bytes, step);
          resolve();
        } catch (error) {
          fail(error); // at once: the next delivery may be there already
        }
      };
      this.#ring.read().then(pass, fail).finally(end);
    });
  }

  /** Frees the staging memory. May be called twice. */
  close(): void {
    this.#closed = true;
    this.#ring.destroy();
    for (const resolve of this.#waiting) resolve();
  }
}
