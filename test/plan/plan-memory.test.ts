import { describe, expect, test } from "vitest";
import type { AdapterProfile } from "../../src/gpu/device.ts";
import { compile } from "../../src/graph/compile.ts";
import type { Place, Plan } from "../../src/graph/plan.ts";
import { convnet } from "../models/convnet.ts";
import { lstmModel } from "../models/lstm.ts";
import { mlp } from "../models/mlp.ts";
import type { Model } from "../models/model.ts";
import { transformer } from "../models/transformer.ts";
import { HARDWARE, SOFTWARE } from "../ops/profiles.ts";
import { NAIVE } from "./open.ts";

const models = [
  { name: "the MLP", model: mlp as () => Model },
  { name: "the convnet", model: convnet as () => Model },
  { name: "the LSTM", model: lstmModel as () => Model },
  { name: "the transformer", model: transformer as () => Model },
];

const overlap = (a: Place, b: Place) =>
  a.buffer === b.buffer && a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes;

/** Every way in which WebGPU would refuse the plan's bindings, read off the plan and its shaders. */
function refusals(
  plan: Plan,
  { maxBindings, maxBindingBytes, maxWorkgroups, maxBufferBytes }: AdapterProfile,
): string[] {
  const found: string[] = [];
  for (const { label, bytes } of plan.buffers) {
    if (bytes > maxBufferBytes || bytes % 4 !== 0) found.push(`the buffer ${label} has ${bytes} bytes`);
  }
  for (const [k, { op, bindings, code, workgroups }] of plan.dispatches.entries()) {
    const refuse = (why: string) => found.push(`dispatch ${k} (${op}): ${why}`);
    const access = [...code.matchAll(/@binding\((\d+)\) var<storage, (read|read_write)>/g)];
    if (access.length !== bindings.length) refuse(`declares ${access.length} bindings, has ${bindings.length}`);
    if (bindings.length > maxBindings) refuse(`${bindings.length} bindings`);
    if (workgroups.some((count) => count > maxWorkgroups || count < 1)) refuse(`${workgroups} workgroups`);
    const writable = (binding: number) => access[binding]?.[2] === "read_write";
    for (const [binding, place] of bindings.entries()) {
      const { offset, bytes, buffer } = place;
      if (offset % 256 !== 0) refuse(`binding ${binding} starts at ${offset}`);
      if (bytes > maxBindingBytes) refuse(`binding ${binding} has ${bytes} bytes`);
      if (offset + bytes > (plan.buffers[buffer]?.bytes ?? 0)) refuse(`binding ${binding} ends outside its buffer`);
      for (const [other, second] of bindings.slice(0, binding).entries()) {
        if (overlap(place, second) && (writable(binding) || writable(other))) refuse(`${other}, ${binding} overlap`);
        if (second.buffer === buffer && writable(binding) !== writable(other)) {
          refuse(`${other} and ${binding} bind one buffer to read only and to write`);
        }
      }
    }
  }
  return found;
}

describe.each([
  ["software", SOFTWARE],
  ["hardware", HARDWARE],
] as const)("planned for %s", (_, profile) => {
  test.each(models)("$name needs at most 1.2 times the memory that is alive at once", ({ model }) => {
    const { memory } = compile(model().program, profile);
    expect(memory.temporariesLowerBound).toBeGreaterThan(0);
    expect(memory.temporaries).toBeGreaterThanOrEqual(memory.temporariesLowerBound);
    expect(memory.temporaries / memory.temporariesLowerBound).toBeLessThanOrEqual(1.2);
  });

  test.each(models)("$name binds nothing that WebGPU refuses", ({ model }) => {
    const { program } = model();
    expect(refusals(compile(program, profile), profile)).toEqual([]);
    expect(refusals(compile(program, profile, NAIVE), profile)).toEqual([]);
    expect(refusals(compile(program, profile, { inPlace: false }), profile)).toEqual([]);
  });

  test.each(models)("$name fits a device of small buffers in several arenas", ({ model }) => {
    const { program, initial } = model();
    const largest = Math.max(...[...initial.keys()].map(({ shape }) => 4 * shape.reduce((a, b) => a * b, 1)));
    const { bindings } = largestOf(compile(program, profile));
    const limit = Math.max(largest, ...bindings);
    const small = { ...profile, maxBufferBytes: limit, maxBindingBytes: limit };
    const plan = compile(program, small);
    expect(refusals(plan, small)).toEqual([]);
    expect(plan.buffers.length).toBeGreaterThan(3);
  });

  test.each(models)("no buffer of $name is larger than a binding may be", ({ model }) => {
    const { program } = model();
    const limit = Math.max(...largestOf(compile(program, profile)).bindings, 2 ** 20);
    // As most GPUs have it: buffers of twice the size of a binding.
    const plan = compile(program, { ...profile, maxBindingBytes: limit, maxBufferBytes: 2 * limit });
    for (const { bytes } of plan.buffers) expect(bytes).toBeLessThanOrEqual(limit);
  });
});

function largestOf({ dispatches }: Plan): { bindings: number[] } {
  return { bindings: dispatches.flatMap(({ bindings }) => bindings.map(({ bytes }) => bytes)) };
}

test("optimising saves memory", () => {
  for (const { model } of models) {
    const { program } = model();
    const naive = compile(program, SOFTWARE, NAIVE).memory;
    const planned = compile(program, SOFTWARE).memory;
    expect(planned.temporaries).toBeLessThan(naive.temporaries / 2);
    expect(planned.variables).toBe(naive.variables);
  }
});

test("a plan knows what each of its parts needs", () => {
  const plan = compile(mlp().program, SOFTWARE);
  const { memory } = plan;
  expect(memory.total).toBe(plan.buffers.reduce((sum, { bytes }) => sum + bytes, 0));
  expect(memory.variables + memory.constants + memory.temporaries).toBe(memory.total);
  // 784 × 128 + 128 + 128 × 10 + 10 parameters with two moments each, and 512 images
  expect(memory.variables).toBeGreaterThan(4 * (3 * 101_770 + 512 * 784));
});

test("the same program gives the same plan", () => {
  const text = () => JSON.stringify(compile(lstmModel().program, HARDWARE));
  expect(text()).toBe(text());
});
