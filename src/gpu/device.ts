import { DescentError, type Origin } from "../errors.ts";
import { adapterProfile, findEntry, requestAdapter, wantedFeatures, wantedLimits } from "./adapter.ts";
import { DEFAULT_DEADLINE_MS } from "./deadline.ts";

/** What kernels may know of the adapter they run on, to choose their variant. */
export interface AdapterProfile {
  readonly vendor: string;
  readonly architecture: string;
  /** True for SwiftShader, lavapipe and the like: workgroup memory and barriers are slow there. */
  readonly software: boolean;
  readonly maxBindings: number; // storage buffers a stage
  readonly maxBindingBytes: number;
  readonly maxBufferBytes: number;
  readonly maxInvocations: number; // a workgroup
  readonly maxWorkgroupBytes: number; // of workgroup memory
  readonly maxWorkgroups: number; // a dimension
}

/** Labels that errors are traced back by: those of some plans. */
const REMEMBERED_LABELS = 4096;

export interface OpenOptions {
  /** Where to look for an adapter; default: `navigator.gpu`, of a page or a worker. In Node: `await nodeGpu()`. */
  readonly gpu?: GPU | undefined;
  /** Limits to ask for instead of the adapter's own, to try out a smaller device. */
  readonly requiredLimits?: Readonly<Record<string, number>> | undefined;
  /** How long the GPU may stay silent before it counts as hung, in milliseconds; default 10 seconds. */
  readonly deadlineMs?: number | undefined;
}

/**
 * Opens the fastest adapter with its real limits and those optional features it has.
 * Throws "no-webgpu", with the cure, where there is no adapter.
 */
export async function openGpu(options: OpenOptions = {}): Promise<Gpu> {
  const entry = findEntry(options.gpu);
  const adapter = await requestAdapter(entry);
  const requiredLimits = { ...wantedLimits(adapter), ...options.requiredLimits };
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({ requiredFeatures: wantedFeatures(adapter), requiredLimits });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DescentError("no-webgpu", `the GPU adapter gives no device: ${reason}`, {}, { cause });
  }
  return new Gpu(entry, device, adapterProfile(adapter, device), options.deadlineMs ?? DEFAULT_DEADLINE_MS);
}

/**
 * An open device and what became of it. WebGPU goes on pretending after a device is lost: creating buffers and
 * pipelines, submitting and `onSubmittedWorkDone` all seem to succeed, and only `mapAsync` rejects. Nothing may
 * therefore count as done before `failure` was looked at.
 */
export class Gpu {
  /** Where the device came from; it must outlive the device, which in Node it does only while somebody holds it. */
  readonly entry: GPU;
  readonly device: GPUDevice;
  readonly profile: AdapterProfile;
  readonly limits: GPUSupportedLimits;
  readonly deadlineMs: number;
  /** Settles when the device is gone, by a crash or by `destroy()`. */
  readonly lost: Promise<DescentError>;
  #failure: DescentError | undefined;
  #destroyed = false;
  #liveBytes = 0;
  readonly #listeners = new Set<(failure: DescentError) => void>();
  readonly #origins = new Map<string, Origin>();

  constructor(entry: GPU, device: GPUDevice, profile: AdapterProfile, deadlineMs: number) {
    this.entry = entry;
    this.device = device;
    this.profile = profile;
    this.limits = device.limits;
    this.deadlineMs = deadlineMs;
    this.lost = device.lost.then((info) => {
      if (info.reason === "destroyed") return this.#end();
      const error = crash(info.message);
      this.fail(error);
      return error;
    });
    device.addEventListener("uncapturederror", (event) => {
      event.preventDefault(); // it is reported as the failure, not once more on the console
      this.fail(this.describe(event.error));
    });
  }

  /** The first thing that went wrong: a lost device, an error nobody caught or a hung GPU. It never recovers. */
  get failure(): DescentError | undefined {
    return this.#failure;
  }

  /** True when the device was destroyed on purpose: nothing to recover from. */
  get destroyed(): boolean {
    return this.#destroyed;
  }

  /** Bytes of all buffers made through `createBuffers` that are not destroyed yet. */
  get liveBytes(): number {
    return this.#liveBytes;
  }

  /** Throws the failure, if there was one. */
  assertAlive(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Calls `listener` with the first failure, unless it is a `destroy()`. Gives the function that unsubscribes. */
  onFailure(listener: (failure: DescentError) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Records a failure; the first one stays, and only that one is told to the listeners. */
  fail(failure: DescentError): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    for (const listener of [...this.#listeners]) listener(failure);
  }

  /** The label of a GPU object made for an op, and remembers it, so that WebGPU's messages lead back to the op. */
  label(origin: Origin, label = [origin.op, origin.node].filter((part) => part !== undefined).join(" ")): string {
    if (label === "") return label;
    this.#origins.delete(label);
    this.#origins.set(label, origin);
    const [oldest] = this.#origins.keys();
    if (this.#origins.size > REMEMBERED_LABELS && oldest !== undefined) this.#origins.delete(oldest);
    return label;
  }

  /** WebGPU's own error as ours; its op and node are those of the longest known label that the message quotes. */
  describe(error: GPUError): DescentError {
    const labels = [...this.#origins.keys()].filter((label) => error.message.includes(`"${label}"`));
    const label = labels.sort((a, b) => b.length - a.length)[0];
    // The class is asked for by name, because Node has no global GPUOutOfMemoryError.
    const kind = error.constructor.name === "GPUOutOfMemoryError" ? "out-of-memory" : "validation";
    const origin = label === undefined ? {} : this.#origins.get(label);
    return new DescentError(kind, `WebGPU says: ${error.message.trim()}`, origin);
  }

  /** Counts bytes allocated, or freed where negative. */
  count(bytes: number): void {
    this.#liveBytes += bytes;
  }

  /** Gives the device back on purpose. Whoever still uses it gets a "device-lost" error that says so. */
  destroy(): void {
    this.#end();
    this.device.destroy();
  }

  #end(): DescentError {
    this.#destroyed = true;
    const error = new DescentError("device-lost", "the device was destroyed on purpose; open another one");
    this.#failure ??= error;
    return error;
  }
}

function crash(message: string): DescentError {
  const reason = message === "" ? "" : ` (${message})`;
  return new DescentError("device-lost", `the GPU crashed or was reset${reason}; open it again and restore the state`);
}
