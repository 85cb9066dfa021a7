import { describe, expect, test } from "vitest";
import { compile } from "../../src/graph/compile.ts";
import { Executor } from "../../src/graph/executor.ts";
import { apply, type Op, withNode } from "../../src/graph/op.ts";
import { add } from "../../src/graph/ops/add.ts";
import { mean } from "../../src/graph/ops/mean.ts";
import { relu } from "../../src/graph/ops/relu.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Place, Plan } from "../../src/graph/plan.ts";
import type { TensorType } from "../../src/graph/tensor.ts";
import { withGpu } from "../gpu/open.ts";
import { convnet } from "../models/convnet.ts";
import { mlp } from "../models/mlp.ts";
import { sharedGpu, withExecutor } from "../plan/open.ts";

const shared = sharedGpu();

/** relu whose expression is what a test plants. */
function planted(expression: (x: string) => string): Op<null> {
  return {
    name: "plantedRelu",
    infer: ([x]) => x as TensorType,
    reference: ([x]) => x as never,
    kernel: { kind: "pointwise", emit: ({ input, bind }) => expression(bind("f32", input(0))) },
  };
}

const shader = `@group(0) @binding(0) var<storage, read> x: array<f32>; // x: (N)
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // y: (N)

fn store_y(i: u32, value: f32) { y[i] = value; }

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&x)) { return; }
  store_y(id.x, max(x[id.x], zero));
}
`;

/** The same as a hand-written shader, which does not know \`zero\`. */
const plantedShader: Op<null> = {
  name: "plantedShader",
  infer: ([x]) => x as TensorType,
  reference: ([x]) => x as never,
  kernel: {
    kind: "shader",
    select: () => ({ variant: "only", source: shader, constants: {}, tensors: ["x", "y"], workgroups: [1, 1, 1] }),
  },
};

describe("a kernel that does not compile", () => {
  test.each([
    ["by itself", planted((x) => `max(${x}, true)`)],
    ["for want of a function", planted((x) => `no_such_function(${x})`)],
    ["for its grammar", planted((x) => `max(${x}, 0.0))`)],
    ["as a shader file", plantedShader],
  ])("is one error, %s, that names op, node and line", async (_, op) => {
    const gpu = shared();
    const x = variable("x", [64]);
    const plan = compile({ outputs: [withNode("conv_2", () => apply(op, [x], null))] }, gpu.profile);
    await expect(Executor.create(gpu, plan)).rejects.toMatchObject({
      kind: "wgsl",
      op: op.name,
      node: "conv_2",
      message: expect.stringMatching(
        new RegExp(`^${op.name} "conv_2": the shader does not compile at line \\d+:\\d+: [^]+\\n\\d+ \\| .+\\n +\\^`),
      ),
    });
    expect(gpu.failure).toBeUndefined();
  });

  test("is named when it is the cause, though it is fused with others", async () => {
    const gpu = shared();
    const x = variable("x", [64, 8]);
    const h = withNode("act_1", () => relu(add(x, 1)));
    const broken = withNode("act_2", () =>
      apply(
        planted((value) => `no_such_function(${value})`),
        [h],
        null,
      ),
    );
    const plan = compile({ outputs: [withNode("loss", () => mean(add(broken, h)))] }, gpu.profile);
    const error = await Executor.create(gpu, plan).then(
      () => undefined,
      (reason: Error) => reason,
    );
    // The dispatch is named after its main op; the message quotes the line, which shows the culprit.
    expect(error).toMatchObject({ kind: "wgsl", message: expect.stringContaining("no_such_function") });
  });

  test("is the only thing that is refused: the same device goes on", async () => {
    const { program, initial } = mlp(8, 12, 10);
    await withExecutor(shared(), program, initial, async (executor) => {
      await executor.run(2);
      expect(executor.steps).toBe(2);
    });
  });
});

/** The plan with the bindings of one dispatch changed. */
function tampered(plan: Plan, op: string, node: string, change: (place: Place, plan: Plan) => Place): Plan {
  const k = plan.dispatches.findIndex((dispatch) => dispatch.op === op && dispatch.node === node);
  if (k < 0) throw new RangeError(`no dispatch is named ${op} ${node}`);
  const dispatches = plan.dispatches.map((dispatch, at) =>
    at === k ? { ...dispatch, bindings: dispatch.bindings.map((place) => change(place, plan)) } : dispatch,
  );
  return { ...plan, dispatches };
}

describe("a command that WebGPU refuses", () => {
  test.each([
    ["a binding that is not aligned", (place: Place) => ({ ...place, offset: place.offset + 4 })],
    [
      "a binding outside its buffer",
      (place: Place, plan: Plan) => {
        return { ...place, offset: 256 * Math.ceil((plan.buffers[place.buffer]?.bytes ?? 0) / 256) };
      },
    ],
    ["a binding of no bytes", (place: Place) => ({ ...place, bytes: 0 })],
  ])("for %s ends the run with one typed error that names op and node, and counts no step", (_, change) =>
    withGpu(async (gpu) => {
      const w = variable("w", [128, 16]);
      const y = withNode("dense_7", () => sum(relu(w), 1));
      const program = { outputs: [y], metrics: { loss: mean(y) }, updates: [[w, add(w, 1)]] as const };
      const plan = tampered(compile(program, gpu.profile), "sum", "dense_7", change);
      let steps: number | undefined;
      const attempt = async () => {
        const executor = await Executor.create(gpu, plan);
        steps = executor.steps;
        try {
          await executor.run(5, { stepsPerSubmit: 1 });
        } finally {
          steps = executor.steps;
        }
      };
      await expect(attempt()).rejects.toMatchObject({ kind: "validation", op: "sum", node: "dense_7" });
      expect(steps ?? 0).toBe(0);
    }),
  );

  test("among many dispatches is named by the node it was made for", () =>
    withGpu(async (gpu) => {
      const model = withNode("conv_2", () => convnet(2));
      const plan = tampered(compile(model.program, gpu.profile), "maxPool2d", "conv_2", (place) => ({
        ...place,
        offset: 8,
      }));
      const attempt = async () => {
        const executor = await Executor.create(gpu, plan);
        await executor.run(1);
      };
      await expect(attempt()).rejects.toMatchObject({ kind: "validation", op: "maxPool2d", node: "conv_2" });
    }));
});
