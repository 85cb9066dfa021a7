import { DescentError, type Origin } from "../errors.ts";
import type { Gpu } from "./device.ts";
import { popErrorScope } from "./error-scope.ts";

/** WebGPU's flags by value, because Node has no global `GPUBufferUsage`. */
export const MAP_READ = 0x1;
export const COPY_SRC = 0x4;
export const COPY_DST = 0x8;
export const STORAGE = 0x80;

/** One `writeBuffer` never carries more bytes: browsers stage each in memory shared with the GPU process. */
const UPLOAD_BYTES = 16 * 2 ** 20;

export interface BufferRequest {
  /** Rounded up to a multiple of 4, at least 4. */
  readonly bytes: number;
  /** What the buffer is for, as errors name it: `arena 1`, `parameters`. */
  readonly label: string;
  /** Default: storage that can be copied from and to. */
  readonly usage?: number | undefined;
  readonly origin?: Origin | undefined;
}

/** GPU memory, counted in `gpu.liveBytes` until it is destroyed. Its bytes are 0 at first. */
export class GpuBuffer {
  readonly handle: GPUBuffer;
  readonly bytes: number;
  readonly label: string;
  readonly #gpu: Gpu;
  #live = true;

  constructor(gpu: Gpu, handle: GPUBuffer, label: string) {
    this.#gpu = gpu;
    this.handle = handle;
    this.bytes = handle.size;
    this.label = label;
    gpu.count(this.bytes);
  }

  /** Frees the memory at once; a dropped buffer would stay until garbage collection. May be called twice. */
  destroy(): void {
    if (!this.#live) return;
    this.#live = false;
    this.#gpu.count(-this.bytes);
    this.handle.destroy();
  }
}

/**
 * Makes all the buffers, or none. Throws "limit" before anything is allocated where one is larger than the device can
 * address, and "out-of-memory" where the device refuses; the device stays usable.
 */
export async function createBuffers(gpu: Gpu, requests: readonly BufferRequest[]): Promise<GpuBuffer[]> {
  gpu.assertAlive();
  for (const request of requests) checkLimits(gpu, request);
  const attempts = requests.map((request) => allocate(gpu, request));
  const errors = await Promise.all(attempts.map((attempt) => attempt.error));
  const failure = gpu.failure ?? errors.find((error) => error !== undefined);
  if (failure === undefined) return attempts.map((attempt) => attempt.buffer);
  for (const { buffer } of attempts) buffer.destroy();
  throw failure;
}

/** `createBuffers` for a single buffer. */
export async function createBuffer(gpu: Gpu, request: BufferRequest): Promise<GpuBuffer> {
  return (await createBuffers(gpu, [request]))[0] as GpuBuffer;
}

/** Throws "limit" where the device cannot address a buffer of that size. */
export function checkLimits(gpu: Gpu, { bytes, label, usage = STORAGE, origin }: BufferRequest): void {
  const binding = (usage & STORAGE) !== 0 && gpu.limits.maxStorageBufferBindingSize < gpu.limits.maxBufferSize;
  const name = binding ? "maxStorageBufferBindingSize" : "maxBufferSize";
  if (roundUp(bytes) <= gpu.limits[name]) return;
  const needs = `the buffer "${label}" needs ${formatBytes(bytes)}, the device's ${name} is`;
  const cure = "use a smaller batch or a smaller model";
  throw new DescentError("limit", `${needs} ${formatBytes(gpu.limits[name])}; ${cure}`, origin);
}

/** A buffer at once, and later what WebGPU had to say against it. The limits have been checked. */
export function allocate(
  gpu: Gpu,
  request: BufferRequest,
): { buffer: GpuBuffer; error: Promise<DescentError | undefined> } {
  const { bytes, label, origin, usage = STORAGE | COPY_SRC | COPY_DST } = request;
  const { device } = gpu;
  device.pushErrorScope("out-of-memory");
  device.pushErrorScope("validation");
  const handle = device.createBuffer({ size: roundUp(bytes), usage, label });
  const invalid = popErrorScope(gpu);
  const refused = popErrorScope(gpu);
  const error = Promise.all([invalid, refused]).then(([validation, memory]) => {
    if (memory !== null) {
      const message = `the GPU has no ${formatBytes(bytes)} left for the buffer "${label}"`;
      return new DescentError("out-of-memory", `${message}; use a smaller batch or a smaller model`, origin);
    }
    return validation === null ? undefined : gpu.describe(validation);
  });
  return { buffer: new GpuBuffer(gpu, handle, label), error };
}

/** Writes bytes into a buffer, before all that is submitted later. `offset` is in bytes, a multiple of 4. */
export function upload(gpu: Gpu, buffer: GpuBuffer, data: ArrayBufferView | ArrayBuffer, offset = 0): void {
  gpu.assertAlive();
  const bytes = ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
  if (offset % 4 !== 0 || offset + roundUp4(bytes.length) > buffer.bytes) {
    const message = `${bytes.length} bytes at ${offset} do not fit the ${buffer.bytes} bytes of "${buffer.label}"`;
    throw new DescentError("validation", message);
  }
  const { queue } = gpu.device;
  const whole = bytes.length - (bytes.length % 4);
  for (let start = 0; start < whole; start += UPLOAD_BYTES) {
    queue.writeBuffer(buffer.handle, offset + start, bytes, start, Math.min(UPLOAD_BYTES, whole - start));
  }
  if (whole === bytes.length) return;
  const last = new Uint8Array(4); // WebGPU writes words of 4 bytes only
  last.set(bytes.subarray(whole));
  queue.writeBuffer(buffer.handle, offset + whole, last);
}

/** A number of bytes as people read it: `1,073,741,824 bytes (1.0 GiB)`. */
export function formatBytes(bytes: number): string {
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let value = bytes / 1024;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  const exact = `${bytes.toLocaleString("en-US")} bytes`;
  return bytes < 1024 ? exact : `${exact} (${value.toFixed(1)} ${units[unit]})`;
}

function roundUp(bytes: number): number {
  return Math.max(4, roundUp4(bytes));
}

function roundUp4(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}
