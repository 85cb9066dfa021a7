import { expect, test } from "vitest";
import type { DescentError } from "../../src/errors.ts";
import type { Gpu } from "../../src/gpu/device.ts";
import { compilePipelines, type PipelineRequest, REMEMBERED } from "../../src/gpu/pipelines.ts";
import { sharedGpu, withGpu } from "./open.ts";

const shared = sharedGpu();

const GOOD = `// y: (N)
override N: u32;
@group(0) @binding(0) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(N)
fn main(@builtin(global_invocation_id) at: vec3u) {
  y[at.x] = 1.0 / f32(N);
}
`;
const BAD = GOOD.replace("y[at.x] = 1.0 / f32(N);", "y[at.x] = undeclared;");

function request(code: string, constants: Record<string, number>, node = "act_1", entry = "main"): PipelineRequest {
  return { code, entry, constants, label: `relu ${node}`, origin: { op: "relu", node } };
}

async function failure(gpu: Gpu, ...requests: PipelineRequest[]): Promise<DescentError> {
  const error = await compilePipelines(gpu, requests).catch((caught) => caught);
  expect(error).toMatchObject({ name: "DescentError", kind: "wgsl" });
  // One typed error, and the device is as good as before.
  await gpu.device.queue.onSubmittedWorkDone();
  expect(gpu.failure).toBeUndefined();
  return error;
}

test("equal requests share a pipeline, whatever the order of their constants, also in a later plan", async () => {
  const gpu = shared();
  const code = `override M: u32;\n${GOOD}`;
  const [first, second, third] = await compilePipelines(gpu, [
    request(code, { N: 64, M: 1 }),
    request(code, { M: 1, N: 64 }, "act_2"),
    request(code, { N: 32, M: 1 }),
  ]);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
  const [later] = await compilePipelines(gpu, [request(code, { N: 64, M: 1 }, "act_3")]);
  expect(later).toBe(first);
});

test("a shader that does not compile names op, node, line, column and the line itself", async () => {
  const error = await failure(shared(), request(BAD, { N: 64 }));
  expect(error).toMatchObject({ op: "relu", node: "act_1" });
  expect(error.message).toMatch(/^relu "act_1": the shader does not compile at line 7:13: .*undeclared/);
  expect(error.message).toContain("\n7 |   y[at.x] = undeclared;\n                ^");
});

test("of several failing shaders the first in request order is told, the others are counted", async () => {
  const other = BAD.replace("undeclared", "unknown");
  const requests = [
    request(GOOD, { N: 64 }),
    request(BAD, { N: 64 }, "first"),
    request(BAD, { N: 64 }, "same"),
    request(other, { N: 64 }, "second"),
    request(other, { N: 32 }, "third"),
  ];
  const error = await failure(shared(), ...requests);
  expect(error.node).toBe("first");
  expect(error.message).toMatch(/\n2 other shaders do not compile either$/);
});

test("a shader that failed fails again in the next plan", async () => {
  await failure(shared(), request(BAD, { N: 1 }));
  expect((await failure(shared(), request(BAD, { N: 1 }, "again"))).node).toBe("again");
});

test("constants and entry points that do not fit the shader are told with their values", async () => {
  const gpu = shared();
  expect((await failure(gpu, request(GOOD, {}))).message).toContain("uninitialized");
  expect((await failure(gpu, request(GOOD, { N: -1 }))).message).toContain("with N = -1: ");
  expect((await failure(gpu, request(GOOD, { N: 4, Q: 1 }))).message).toMatch(/"Q".* not found/);
  expect((await failure(gpu, request(GOOD, { N: Number.NaN }))).message).toContain("with N = NaN");
  expect((await failure(gpu, request(GOOD, { N: 4 }, "act_1", "absent"))).message).toContain('entry point "absent"');
});

test("a workgroup past the device's limits is told with its size", async () => {
  const gpu = shared();
  const size = gpu.limits.maxComputeInvocationsPerWorkgroup * 2;
  const error = await failure(gpu, request(GOOD, { N: size }));
  expect(error.message).toMatch(new RegExp(`^relu "act_1": .* with N = ${size}: .*exceeds`));
});

test("pipelines that were not used for long are forgotten, so that a long session does not grow", async () => {
  const gpu = shared();
  const code = `override A: u32;\n${GOOD}`;
  const numbered = (A: number) => request(code, { N: 1, A });
  const [used, unused] = await compilePipelines(gpu, [numbered(0), numbered(1)]);
  for (let from = 2; from < REMEMBERED + 200; from += 200) {
    await compilePipelines(gpu, [numbered(0), ...Array.from({ length: 200 }, (_, k) => numbered(from + k))]);
  }
  const [usedAgain, unusedAgain] = await compilePipelines(gpu, [numbered(0), numbered(1)]);
  expect(usedAgain).toBe(used);
  expect(unusedAgain).not.toBe(unused);
});

test("many shaders compile at once", async () => {
  const requests = Array.from({ length: 40 }, (_, i) => request(`${GOOD}// ${i % 20}\n`, { N: 1 + (i % 20) }));
  const pipelines = await compilePipelines(shared(), requests);
  expect(new Set(pipelines).size).toBe(20);
});

test("a device that goes while shaders compile gives no pipeline", () =>
  withGpu(async (gpu) => {
    const compiling = compilePipelines(gpu, [request(GOOD, { N: 64 })]);
    gpu.destroy();
    await expect(compiling).rejects.toMatchObject({ kind: "device-lost" });
    await expect(compilePipelines(gpu, [])).rejects.toMatchObject({ kind: "device-lost" });
  }));
