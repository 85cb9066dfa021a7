import { DescentError, type Origin } from "../errors.ts";
import type { Gpu } from "./device.ts";
import { popErrorScope } from "./error-scope.ts";

/** An entry point of a shader with the values of its `override` constants. */
export interface PipelineRequest {
  readonly code: string;
  readonly entry: string;
  readonly constants: Readonly<Record<string, number>>;
  /** Of the pipeline, in WebGPU's messages; equal requests share the pipeline of the first. */
  readonly label: string;
  readonly origin: Origin;
}

/** So many shaders and pipelines are remembered; what was not used for longest is forgotten first: plans hold their own. */
export const REMEMBERED = 1024;

/** What a device has compiled so far, for the plans that follow. */
interface Compiled {
  /** Shaders compiled ever: the next one's number. */
  count: number;
  readonly modules: Map<string, { readonly module: GPUShaderModule; readonly number: number }>;
  readonly pipelines: Map<string, Promise<GPUComputePipeline>>;
}

const compiled = new WeakMap<Gpu, Compiled>();

/**
 * Pipelines for the requests, in their order, compiled in parallel; equal requests, also those of earlier plans, give
 * the same pipeline. Throws one "wgsl" error for the first request that does not compile: its op and node, line and
 * column, the offending line, and how many others fail.
 */
export async function compilePipelines(gpu: Gpu, requests: readonly PipelineRequest[]): Promise<GPUComputePipeline[]> {
  gpu.assertAlive();
  const cache = cacheOf(gpu);
  const keys = requests.map((request) => keyOf(gpu, cache, request));
  const results = await Promise.allSettled(
    requests.map((request, index) => pipelineOf(gpu, cache, keys[index] as string, request)),
  );
  gpu.assertAlive();
  const failed = keys.filter((_, index) => results[index]?.status === "rejected");
  const first = results.findIndex((result) => result.status === "rejected");
  if (first >= 0) {
    const { reason } = results[first] as PromiseRejectedResult;
    throw await explain(cache, requests[first] as PipelineRequest, reason, new Set(failed).size - 1);
  }
  forgetOldest(cache.modules);
  forgetOldest(cache.pipelines);
  return results.map((result) => (result as PromiseFulfilledResult<GPUComputePipeline>).value);
}

/** Puts an entry last: a Map keeps the order of insertion. */
function remember<V>(cache: Map<string, V>, key: string, value: V): void {
  cache.delete(key);
  cache.set(key, value);
}

function forgetOldest(cache: Map<string, unknown>): void {
  for (const key of cache.keys()) {
    if (cache.size <= REMEMBERED) return;
    cache.delete(key);
  }
}

function cacheOf(gpu: Gpu): Compiled {
  let cache = compiled.get(gpu);
  if (cache === undefined) {
    cache = { count: 0, modules: new Map(), pipelines: new Map() };
    compiled.set(gpu, cache);
  }
  return cache;
}

/** What tells one pipeline from another. Makes the shader module where it is the first with this code. */
function keyOf(gpu: Gpu, cache: Compiled, { code, entry, constants, label }: PipelineRequest): string {
  let found = cache.modules.get(code);
  if (found === undefined) {
    // A module that does not compile is an error twice, here and for its pipeline; the latter is the one we report.
    gpu.device.pushErrorScope("validation");
    found = { module: gpu.device.createShaderModule({ code, label }), number: cache.count++ };
    popErrorScope(gpu);
  }
  remember(cache.modules, code, found);
  const sorted = Object.entries(constants).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${found.number} ${entry} ${sorted.map(([name, value]) => `${name}=${value}`).join(" ")}`;
}

function pipelineOf(gpu: Gpu, cache: Compiled, key: string, request: PipelineRequest): Promise<GPUComputePipeline> {
  const { code, entry, constants, label, origin } = request;
  gpu.label(origin, label);
  let pipeline = cache.pipelines.get(key);
  if (pipeline === undefined) {
    const { module } = cache.modules.get(code) as { module: GPUShaderModule };
    const compute = { module, entryPoint: entry, constants };
    pipeline = gpu.device.createComputePipelineAsync({ label, layout: "auto", compute });
    pipeline.catch(() => cache.pipelines.delete(key));
  }
  remember(cache.pipelines, key, pipeline);
  return pipeline;
}

/** The error of a request that does not compile. */
async function explain(
  cache: Compiled,
  { code, entry, constants, origin }: PipelineRequest,
  cause: unknown,
  others: number,
): Promise<DescentError> {
  const { messages } = await (cache.modules.get(code) as { module: GPUShaderModule }).module.getCompilationInfo();
  const errors = messages.filter(({ type }) => type === "error");
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more in this shader)` : "";
  const rest = others > 0 ? `\n${others} other shader${others > 1 ? "s do" : " does"} not compile either` : "";
  const message =
    first === undefined
      ? `the shader's entry point "${entry}" does not compile${listed(constants)}: ${reasonOf(cause)}`
      : `the shader does not compile at line ${first.lineNum}:${first.linePos}: ${first.message}${more}${quote(code, first)}`;
  return new DescentError("wgsl", message + rest, origin, { cause });
}

/** The offending line of the source, with a mark below the offending column. */
function quote(code: string, { lineNum, linePos }: GPUCompilationMessage): string {
  const line = code.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)[lineNum - 1]; // WGSL's line breaks
  if (line === undefined) return "";
  const margin = `${lineNum} | `;
  const indent = line.slice(0, Math.max(0, linePos - 1)).replace(/[^\t]/g, " ");
  return `\n${margin}${line}\n${" ".repeat(margin.length)}${indent}^`;
}

function listed(constants: Readonly<Record<string, number>>): string {
  const parts = Object.entries(constants).map(([name, value]) => `${name} = ${value}`);
  return parts.length > 0 ? ` with ${parts.join(", ")}` : "";
}

/** What WebGPU says, without the trace of calls that Dawn appends. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return (text.split("\n - While ")[0] as string).trim();
}
