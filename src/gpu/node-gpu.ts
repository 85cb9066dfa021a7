import { DescentError } from "../errors.ts";
import { restWhileWaiting } from "./node-waiting.ts";

/**
 * Held for the life of the process: when the object that `create` gives is collected, Dawn ends under its devices and
 * takes the process with it.
 */
let entry: Promise<GPU> | undefined;

/**
 * WebGPU in Node, from the npm package `webgpu` (Dawn): give it to `openGpu({ gpu: await nodeGpu() })`. Made once.
 * Without a GPU Dawn needs a software Vulkan driver, to which the environment variable VK_ICD_FILENAMES points.
 * Throws "no-webgpu", with the cure, where the package or an adapter is missing.
 *
 * A pending `mapAsync` or `onSubmittedWorkDone` keeps the process alive; an open device does not, so a script ends
 * when it has its answers. This file is for Node alone: nothing that a page loads may import it.
 */
export function nodeGpu(): Promise<GPU> {
  entry ??= create();
  return entry;
}

async function create(): Promise<GPU> {
  let dawn: typeof import("webgpu");
  try {
    dawn = await import("webgpu");
  } catch (cause) {
    const message = 'the npm package "webgpu" does not load; run `npm install webgpu`';
    throw new DescentError("no-webgpu", message, {}, { cause });
  }
  const gpu = dawn.create([]);
  if ((await gpu.requestAdapter()) === null) {
    const cure = "install a Vulkan driver, or point VK_ICD_FILENAMES at a software one such as vk_swiftshader_icd.json";
    throw new DescentError("no-webgpu", `Dawn finds no GPU; ${cure}`);
  }
  restWhileWaiting(dawn.globals as Parameters<typeof restWhileWaiting>[0]);
  return gpu;
}
