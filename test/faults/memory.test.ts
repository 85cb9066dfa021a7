import { describe, expect, test } from "vitest";
import { compile } from "../../src/graph/compile.ts";
import { Executor } from "../../src/graph/executor.ts";
import { apply, type Op, withNode } from "../../src/graph/op.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { convnet } from "../models/convnet.ts";
import { mlp } from "../models/mlp.ts";
import { SOFTWARE } from "../ops/profiles.ts";
import { executorOf, sharedGpu } from "../plan/open.ts";

const shared = sharedGpu();

describe("a plan past the device's limits", () => {
  test("is refused before anything is allocated, with op, node, tensor, bytes and the batch size that would fit", () => {
    const small = { ...SOFTWARE, maxBindingBytes: 3 * 2 ** 20, maxBufferBytes: 3 * 2 ** 20 };
    const model = withNode("conv_1", () => convnet(64));
    // conv_1 gives 64×26×26×32 numbers: 5.5 MB
    expect(() => compile(model.program, small)).toThrow(
      expect.objectContaining({
        kind: "limit",
        node: "conv_1",
        message: expect.stringMatching(
          /64×26×26×32 needs 5537792 bytes, this device binds 3145728 at most; batch size 36 would fit$/,
        ),
      }),
    );
    expect(() => compile(withNode("conv_1", () => convnet(32)).program, small)).not.toThrow();
  });

  test("because of a variable names the variable, and promises nothing of a batch", () => {
    const table = variable("embedding", [50_000, 4096]);
    const program = { outputs: [sum(table)], batchSize: 8 };
    expect(() => compile(program, { ...SOFTWARE, maxBindingBytes: 2 ** 27 })).toThrow(
      expect.objectContaining({
        kind: "limit",
        op: "variable",
        message:
          'variable: "embedding", 50000×4096, needs 819200000 bytes, this device binds 134217728 at most; make it smaller',
      }),
    );
  });

  test("without a batch size says what to do instead", () => {
    const x = variable("x", [1000, 1]);
    const y = variable("y", [1, 1000]);
    const product = withNode("dense_9", () => matmul(x, y));
    expect(() => compile({ outputs: [product] }, { ...SOFTWARE, maxBindingBytes: 2 ** 20 })).toThrow(
      'matmul "dense_9": 1000×1000 needs 4000000 bytes, this device binds 1048576 at most; make it smaller',
    );
  });

  test("because of too many workgroups names the op and the limit", () => {
    const op: Op<null> = {
      name: "wide",
      infer: () => ({ shape: [64], dtype: "f32" }),
      reference: ([x]) => x as never,
      kernel: {
        kind: "shader",
        select: () => ({
          variant: "only",
          source:
            "@group(0) @binding(0) var<storage, read> x: array<f32>;\n@group(0) @binding(1) var<storage, read_write> y: array<f32>;",
          constants: {},
          tensors: ["x", "y"],
          workgroups: [70_000, 1, 1],
        }),
      },
    };
    const y = withNode("conv_3", () => apply(op, [variable("x", [64])], null));
    expect(() => compile({ outputs: [y] }, SOFTWARE)).toThrow(
      'wide "conv_3": needs 70000×1×1 workgroups; this device has 65535 a dimension; use a smaller batch',
    );
  });

  test("of the adapter at hand is refused by compile, not by the device", () => {
    const gpu = shared();
    const elements = Math.min(gpu.limits.maxStorageBufferBindingSize, gpu.limits.maxBufferSize) / 4 + 64;
    const x = variable("x", [1, elements]);
    const before = gpu.liveBytes;
    expect(() => compile({ outputs: [sum(x)] }, gpu.profile)).toThrow(expect.objectContaining({ kind: "limit" }));
    expect(gpu.liveBytes).toBe(before);
  });
});

describe("memory that the device refuses", () => {
  test("really is refused by a software adapter that promises more than it has", async ({ skip }) => {
    const gpu = shared();
    const { software, maxBufferBytes } = gpu.profile;
    // Elsewhere there may be so much, and taking it all would disturb others.
    if (!software || maxBufferBytes !== 2 ** 30) skip("only a software adapter that promises 1 GiB and has less");
    const before = gpu.liveBytes;
    const table = variable("table", [1024, maxBufferBytes / 4 / 1024]);
    await expect(Executor.create(gpu, compile({ outputs: [sum(table)] }, gpu.profile))).rejects.toMatchObject({
      kind: "out-of-memory",
      message: expect.stringMatching(/^the plan needs 1,073,74[\d,]+ bytes \(1\.0 GiB\)/),
    });
    expect(gpu.liveBytes).toBe(before);
    expect(gpu.failure).toBeUndefined();
  });

  /** Refuses buffers past `available` bytes in all, as a full GPU does. */
  async function withFullGpu(available: number, use: () => Promise<void>): Promise<void> {
    const { device } = shared();
    const create = device.createBuffer.bind(device);
    let used = 0;
    device.createBuffer = (descriptor) => {
      const fits = used + descriptor.size <= available;
      const buffer = create(fits ? descriptor : { ...descriptor, size: 4 });
      if (!fits) refused = true;
      else {
        used += descriptor.size;
        const destroy = buffer.destroy.bind(buffer);
        buffer.destroy = () => {
          used -= descriptor.size;
          destroy();
        };
      }
      return buffer;
    };
    let refused = false;
    const pop = device.popErrorScope.bind(device);
    let scopes = 0;
    device.popErrorScope = async () => {
      const outOfMemory = refused && scopes++ % 2 === 1;
      if (outOfMemory) refused = false;
      return (await pop()) ?? (outOfMemory ? ({ message: "no memory" } as GPUError) : null);
    };
    try {
      await use();
    } finally {
      Reflect.deleteProperty(device, "createBuffer");
      Reflect.deleteProperty(device, "popErrorScope");
    }
  }

  test("is a typed error with the bytes and a batch size that fits, and the running model is untouched", async () => {
    const gpu = shared();
    const { program, initial } = mlp(8, 12, 10);
    const running = await executorOf(gpu, program, initial);
    await running.run(3);
    const before = gpu.liveBytes;
    const large = compile(convnet(64).program, gpu.profile);
    const needed = large.memory.total - large.memory.temporaries;
    await withFullGpu(needed + large.memory.temporaries / 3, async () => {
      await expect(Executor.create(gpu, large)).rejects.toMatchObject({
        kind: "out-of-memory",
        message: expect.stringMatching(
          /^the plan needs [\d,]+ bytes \(.+ MiB\), and the GPU has not so much left; batch size 16 would fit$/,
        ),
      });
    });
    expect(gpu.liveBytes).toBe(before);
    expect(gpu.failure).toBeUndefined();
    await running.run(3);
    expect(running.steps).toBe(6);
    running.destroy();
  });

  test("names no batch size where none would fit", async () => {
    const gpu = shared();
    const plan = compile(mlp(8, 12, 10).program, gpu.profile);
    await withFullGpu(1024, async () => {
      await expect(Executor.create(gpu, plan)).rejects.toThrow(/the GPU has not so much left; use a smaller model$/);
    });
  });
});
