import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DescentError } from "../../src/errors.ts";
import { restWhileWaiting } from "../../src/gpu/node-waiting.ts";

beforeEach(() => vi.resetModules());
afterEach(() => vi.doUnmock("webgpu"));

async function failure(): Promise<DescentError> {
  const { nodeGpu } = await import("../../src/gpu/node-gpu.ts");
  return nodeGpu().catch((error) => error);
}

test("the entry is made once", async () => {
  const { nodeGpu } = await import("../../src/gpu/node-gpu.ts");
  expect(await nodeGpu()).toBe(await nodeGpu());
});

test("without the package the error says how to install it", async () => {
  vi.doMock("webgpu", () => {
    throw new Error("Cannot find package");
  });
  const error = await failure();
  expect(error).toMatchObject({ name: "DescentError", kind: "no-webgpu" });
  expect(error.message).toContain("npm install webgpu");
});

test("without an adapter the error names the drivers that give one", async () => {
  vi.doMock("webgpu", () => ({ create: () => ({ requestAdapter: async () => null }), globals: {} }));
  const error = await failure();
  expect(error).toMatchObject({ name: "DescentError", kind: "no-webgpu" });
  expect(error.message).toMatch(/Vulkan driver.*VK_ICD_FILENAMES/);
});

test("while an answer is pending the event loop rests, and afterwards it does not", async () => {
  let answer: () => void = () => undefined;
  class Buffer {
    mapAsync(): Promise<void> {
      return new Promise((resolve) => {
        answer = resolve;
      });
    }
  }
  restWhileWaiting({ GPUBuffer: Buffer });
  const pending = new Buffer().mapAsync();
  expect(await turnsIn(100)).toBeLessThan(100 + 50); // a rest takes at least a millisecond
  answer();
  await pending;
  expect(await turnsIn(100)).toBeGreaterThan(300);
});

/** Turns of the event loop in a time in milliseconds, after the first few, in which it does not rest yet. */
async function turnsIn(ms: number): Promise<number> {
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  for (const start = performance.now(); performance.now() < start + 10; ) await turn();
  let turns = 0;
  for (const start = performance.now(); performance.now() < start + ms; turns++) await turn();
  return turns;
}
