import { DescentError } from "../errors.ts";
import { allocate, COPY_DST, checkLimits, createBuffers, type GpuBuffer, MAP_READ } from "./buffers.ts";
import { withDeadline } from "./deadline.ts";
import type { Gpu } from "./device.ts";
import { popErrorScope } from "./error-scope.ts";

/** WebGPU's flag by value, because Node has no global `GPUMapMode`. */
const MODE_READ = 0x1;

/** How long after a refused `mapAsync` the news of a lost device may take, in milliseconds. */
const NEWS_MS = 1_000;

/** A staging buffer of the ring; `used` bytes are filled by the submit that comes next. */
interface Slot {
  readonly buffer: GpuBuffer;
  used: number;
  reading: boolean;
}

/**
 * Staging buffers used in rotation, so that results are read without ever waiting for the GPU in the hot path:
 * record `copyFrom` into the encoder of a submit, submit it, call `read()`, and go on; the promise gives the bytes
 * some milliseconds later. As many reads may be under way as there are buffers.
 */
export class ReadbackRing {
  readonly #gpu: Gpu;
  readonly #slots: readonly Slot[];
  #next = 0;

  private constructor(gpu: Gpu, buffers: readonly GpuBuffer[]) {
    this.#gpu = gpu;
    this.#slots = buffers.map((buffer) => ({ buffer, used: 0, reading: false }));
  }

  /** A ring of `count` buffers of `bytes` each. Throws as `createBuffers` does. */
  static async create(gpu: Gpu, bytes: number, count = 3): Promise<ReadbackRing> {
    const request = { bytes, usage: MAP_READ | COPY_DST };
    const requests = Array.from({ length: count }, (_, slot) => ({ ...request, label: `readback ${slot}` }));
    return new ReadbackRing(gpu, await createBuffers(gpu, requests));
  }

  /** True while `copyFrom` finds a buffer that is not being read. */
  get ready(): boolean {
    return !this.#slot.reading;
  }

  get #slot(): Slot {
    return this.#slots[this.#next] as Slot;
  }

  /**
   * Records a copy of `bytes` bytes at `offset` (multiples of 4) of a buffer. Several copies before one `read()` lie
   * behind each other in what it gives.
   */
  copyFrom(encoder: GPUCommandEncoder, source: GPUBuffer, offset: number, bytes: number): void {
    this.#gpu.assertAlive();
    const slot = this.#slot;
    if (slot.reading) {
      throw new DescentError("validation", `all ${this.#slots.length} readback buffers are being read; await one`);
    }
    if (slot.used + bytes > slot.buffer.bytes) {
      const message = `${slot.used + bytes} bytes do not fit the ${slot.buffer.bytes} of a readback buffer`;
      throw new DescentError("validation", message);
    }
    encoder.copyBufferToBuffer(source, offset, slot.buffer.handle, slot.used, bytes);
    slot.used += bytes;
  }

  /**
   * The bytes of the copies recorded since the last `read()`; to be called after they were submitted. Rejects with
   * the device's failure, and with "timeout" when the GPU hangs.
   */
  async read(): Promise<ArrayBuffer> {
    const slot = this.#slot;
    const bytes = slot.used;
    slot.reading = true;
    this.#next = (this.#next + 1) % this.#slots.length;
    const result = await take(this.#gpu, slot.buffer.handle, bytes);
    slot.used = 0;
    slot.reading = false;
    return result;
  }

  /** Frees the staging buffers; reads under way reject. */
  destroy(): void {
    for (const { buffer } of this.#slots) buffer.destroy();
  }
}

/**
 * Reads `bytes` bytes at `offset` (multiples of 4) as they are after everything submitted before this call. For now
 * and then; what is read every step goes through a ring. Throws the device's failure, "timeout", "limit" or
 * "out-of-memory".
 */
export async function readBuffer(gpu: Gpu, source: GPUBuffer, offset: number, bytes: number): Promise<ArrayBuffer> {
  gpu.assertAlive();
  if (bytes === 0) return new ArrayBuffer(0);
  const request = { bytes, usage: MAP_READ | COPY_DST, label: `reading of ${source.label}` };
  checkLimits(gpu, request);
  const { device } = gpu;
  // Nothing is awaited before the submit: what is submitted after this call must not change what is read.
  const { buffer, error } = allocate(gpu, request);
  device.pushErrorScope("validation");
  const encoder = device.createCommandEncoder({ label: request.label });
  encoder.copyBufferToBuffer(source, offset, buffer.handle, 0, bytes);
  device.queue.submit([encoder.finish()]);
  const invalid = popErrorScope(gpu);
  try {
    const refused =
      (await error) ?? (await invalid.then((found) => (found === null ? undefined : gpu.describe(found))));
    if (refused !== undefined) throw refused;
    return await take(gpu, buffer.handle, bytes);
  } finally {
    buffer.destroy();
  }
}

/** Maps a staging buffer, copies its first bytes and unmaps it again. */
async function take(gpu: Gpu, staging: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
  gpu.assertAlive();
  try {
    await withDeadline(staging.mapAsync(MODE_READ, 0, bytes), gpu.deadlineMs, staging.label);
  } catch (cause) {
    if (cause instanceof DescentError) gpu.fail(cause);
    else await withDeadline(gpu.lost, NEWS_MS, "the news").catch(() => undefined);
    gpu.assertAlive();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DescentError("validation", `${staging.label} cannot be mapped: ${reason}`, {}, { cause });
  }
  gpu.assertAlive();
  const result = staging.getMappedRange(0, bytes).slice(0);
  staging.unmap();
  return result;
}
