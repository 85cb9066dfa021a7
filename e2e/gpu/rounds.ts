import { DescentError } from "../../src/errors.ts";
import { createBuffer, upload } from "../../src/gpu/buffers.ts";
import { type Gpu, openGpu } from "../../src/gpu/device.ts";
import { compilePipelines } from "../../src/gpu/pipelines.ts";
import { ReadbackRing, readBuffer } from "../../src/gpu/readback.ts";
import { SubmitQueue } from "../../src/gpu/submits.ts";

const DOUBLE = `// y: (N)
override N: u32;
@group(0) @binding(0) var<storage, read_write> y: array<u32>;

@compute @workgroup_size(N)
fn main(@builtin(local_invocation_index) i: u32) {
  y[i] = 2 * y[i];
}
`;

/** An error as the test sees it on the other side of the page's border. */
export interface Told {
  readonly kind: string;
  readonly message: string;
}

/** A device with a buffer of four numbers that every round doubles. */
export class Rounds {
  readonly gpu: Gpu;
  readonly #round: () => Promise<ArrayBuffer>;
  readonly #queue: SubmitQueue;

  private constructor(gpu: Gpu, queue: SubmitQueue, round: () => Promise<ArrayBuffer>) {
    this.gpu = gpu;
    this.#queue = queue;
    this.#round = round;
  }

  static async open(): Promise<Rounds> {
    const gpu = await openGpu();
    const { device } = gpu;
    const origin = { op: "double", node: "act_1" };
    const request = { code: DOUBLE, entry: "main", constants: { N: 4 }, label: "double act_1", origin };
    const [pipeline] = (await compilePipelines(gpu, [request])) as [GPUComputePipeline];
    const buffer = await createBuffer(gpu, { bytes: 16, label: "y", origin });
    upload(gpu, buffer, Uint32Array.from([1, 2, 3, 4]));
    const entries = [{ binding: 0, resource: { buffer: buffer.handle } }];
    const bindings = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
    const ring = await ReadbackRing.create(gpu, 16);
    const queue = new SubmitQueue(gpu);
    return new Rounds(gpu, queue, () => {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(1);
      pass.end();
      ring.copyFrom(encoder, buffer.handle, 0, 16);
      queue.submit(encoder.finish());
      return ring.read();
    });
  }

  /** The numbers after each of `count` rounds, none of which waits for the reading of the one before. */
  async run(count: number): Promise<number[][]> {
    const reads: Promise<ArrayBuffer>[] = [];
    for (let round = 0; round < count; round++) {
      await this.#queue.whenReady();
      if (reads.length >= 3) await reads.at(-3); // its staging buffer is the next one
      reads.push(this.#round());
    }
    return (await Promise.all(reads)).map((bytes) => [...new Uint32Array(bytes)]);
  }

  /** Rounds without end; gives how many were read, and the error that ended them. */
  async runUntilError(): Promise<Told & { readonly counted: number }> {
    let counted = 0;
    try {
      for (;;) {
        await this.run(1);
        counted++;
      }
    } catch (error) {
      return { counted, ...told(error) };
    }
  }

  /** What a shader that does not compile is told as. */
  async compileBroken(): Promise<Told> {
    const request = {
      code: DOUBLE.replace("2 * y", "two * y"),
      entry: "main",
      constants: { N: 4 },
      label: "double act_2",
      origin: { op: "double", node: "act_2" },
    };
    return compilePipelines(this.gpu, [request]).then(() => ({ kind: "none", message: "" }), told);
  }

  /** What commands that WebGPU refuses are told as, to whoever reads their results. */
  async readRefused(): Promise<Told> {
    const { gpu } = this;
    const small = await createBuffer(gpu, { bytes: 16, label: gpu.label({ op: "adam", node: "dense_1" }) });
    const encoder = gpu.device.createCommandEncoder();
    encoder.clearBuffer(small.handle, 0, 64);
    gpu.device.queue.submit([encoder.finish()]);
    return readBuffer(gpu, small.handle, 0, 4).then(() => ({ kind: "none", message: "" }), told);
  }
}

function told(error: unknown): Told {
  if (!(error instanceof DescentError)) throw error;
  return { kind: error.kind, message: error.message };
}
