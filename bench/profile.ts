import { createBuffers, type GpuBuffer } from "../src/gpu/buffers.ts";
import type { Gpu } from "../src/gpu/device.ts";
import { compilePipelines } from "../src/gpu/pipelines.ts";
import type { VariableAttrs } from "../src/graph/ops/variable.ts";
import type { Dispatch, Plan, Readable } from "../src/graph/plan.ts";
import type { DType } from "../src/graph/tensor.ts";
import type { Model } from "../test/models/model.ts";
import { markdown } from "./markdown.ts";

/** What one dispatch of a plan costs by itself. */
export interface DispatchTime {
  readonly dispatch: Dispatch;
  /** The fastest of the rounds, in milliseconds: what else the machine does only adds to a time. */
  readonly ms: number;
}

const ROUNDS = 7;
/** Wall time that one measurement of a dispatch should take, so that the cost of a submit does not count. */
const ROUND_MS = 20;

/**
 * Times each dispatch of a model's plan alone, repeated in a submit of its own, on the values of the first steps.
 * What a step takes is a little less than the sum: neighbours overlap, and caches are warmer or colder.
 */
export async function profilePlan(gpu: Gpu, model: Model, plan: Plan): Promise<DispatchTime[]> {
  const { queue } = gpu.device;
  const buffers = await createBuffers(gpu, plan.buffers);
  const handle = (buffer: number) => (buffers[buffer] as GpuBuffer).handle;
  for (const { place, words } of plan.constants) queue.writeBuffer(handle(place.buffer), place.offset, words);
  for (const [variable, values] of model.initial) {
    const { place, dtype } = plan.variables.get((variable.call.attrs as VariableAttrs).name) as Readable;
    queue.writeBuffer(handle(place.buffer), place.offset, ARRAYS[dtype].from(values) as BufferSource);
  }
  const pipelines = await compilePipelines(
    gpu,
    plan.dispatches.map(({ op, node, code, constants }) => ({
      code,
      entry: "main",
      constants,
      label: op,
      origin: { op, node },
    })),
  );
  const runs = plan.dispatches.map(({ bindings, workgroups }, k) => {
    const pipeline = pipelines[k] as GPUComputePipeline;
    const entries = bindings.map(({ buffer, offset, bytes }, binding) => ({
      binding,
      resource: { buffer: handle(buffer), offset, size: bytes },
    }));
    const group = gpu.device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
    return (pass: GPUComputePassEncoder) => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...workgroups);
    };
  });

  /** Wall time of a submit of `count` times these dispatches. */
  const time = async (commands: typeof runs, count: number): Promise<number> => {
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let k = 0; k < count; k++) for (const command of commands) command(pass);
    pass.end();
    const started = performance.now();
    queue.submit([encoder.finish()]);
    await queue.onSubmittedWorkDone();
    return performance.now() - started;
  };

  await time(runs, 3);
  const times: DispatchTime[] = [];
  for (const [k, dispatch] of plan.dispatches.entries()) {
    const alone = [runs[k] as (typeof runs)[number]];
    const guess = Math.max(0.01, (await time(alone, 4)) / 4);
    const count = Math.max(1, Math.min(1000, Math.round(ROUND_MS / guess)));
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push((await time(alone, count)) / count);
    times.push({ dispatch, ms: Math.min(...rounds) });
  }
  for (const buffer of buffers) buffer.destroy();
  return times;
}

/** The dispatches as a table in Markdown, slowest first. */
export function profileTable(times: readonly DispatchTime[]): string {
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  const rows = [...times]
    .sort((a, b) => b.ms - a.ms)
    .map(({ dispatch, ms }) => {
      const { op, variant, inputs, outputs, flops, bytes, ops } = dispatch;
      const shapes = `${listed(inputs)} → ${listed(outputs)}`;
      const share = `${((100 * ms) / total).toFixed(0)} %`;
      const rates = [(flops / ms / 1e6).toFixed(2), (bytes / ms / 1e6).toFixed(2)];
      return [op, variant, ops.length, shapes, ms.toFixed(3), share, ...rates, dispatch.workgroups.join("×")];
    });
  const head = ["op", "variant", "ops", "shapes", "ms", "share", "GFLOP/s", "GB/s", "workgroups"];
  return markdown(head, rows);
}

function listed(shapes: readonly (readonly number[])[]): string {
  return shapes.map((shape) => (shape.length === 0 ? "1" : shape.join("×"))).join(", ");
}

const ARRAYS = { f32: Float32Array, i32: Int32Array, u32: Uint32Array } satisfies Record<DType, unknown>;
