import { spiral } from "../data/sources/spiral.ts";
import { openGpu } from "../gpu/device.ts";
import type { DescentError } from "../gpu/errors.ts";
import { compile } from "../graph/compile.ts";
import { Executor } from "../graph/executor.ts";
import { gradient } from "../graph/gradient.ts";
import { add } from "../graph/ops/add.ts";
import { matmul } from "../graph/ops/matmul.ts";
import { softmaxCrossEntropy } from "../graph/ops/softmax-cross-entropy.ts";
import { tanh } from "../graph/ops/tanh.ts";
import { variable } from "../graph/ops/variable.ts";
import { threefry } from "../graph/random.ts";
import { type Shape, sizeOf, type Tensor } from "../graph/tensor.ts";
import { adam } from "../nn/optimizers/adam.ts";
import type { Progress } from "./protocol.ts";

const POINTS = 256;
const WIDTHS = [2, 32, 32, 2];
const LEARNING_RATE = 0.01;
const STEPS = 2000;
const STEPS_PER_REPORT = 20;
const SEED = 42;

/**
 * Trains a small MLP to tell the arms of a spiral apart, on all points at every step, and yields how far it is. The
 * next steps are submitted when the next progress is asked for. Throws what `openGpu`, `compile` and `Executor` throw;
 * `onFailure` is told of a lost device at once, also while nobody asks.
 */
export async function* trainSpiral(onFailure: (failure: DescentError) => void): AsyncGenerator<Progress> {
  const points = variable("points", [POINTS, 2]);
  const labels = variable("labels", [POINTS], "i32");
  const step = variable("step", [], "u32");
  const parameters: Tensor[] = [];
  let activation = points;
  for (const [k, width] of WIDTHS.slice(1).entries()) {
    const kernel = variable(`dense_${k + 1} kernel`, [WIDTHS[k] as number, width]);
    const bias = variable(`dense_${k + 1} bias`, [width]);
    parameters.push(kernel, bias);
    const sums = add(matmul(activation, kernel), bias);
    activation = k < WIDTHS.length - 2 ? tanh(sums) : sums;
  }
  const loss = softmaxCrossEntropy(activation, labels);
  const updates = adam(parameters, gradient(loss, parameters), { learningRate: LEARNING_RATE, step });

  const gpu = await openGpu();
  gpu.onFailure(onFailure);
  try {
    const plan = compile({ updates: [...updates, [step, add(step, 1)]], metrics: { loss } }, gpu.profile);
    const executor = await Executor.create(gpu, plan);
    const data = spiral(POINTS);
    executor.write(points, data.points);
    executor.write(labels, data.labels);
    for (const [k, parameter] of parameters.entries()) executor.write(parameter, initialValues(parameter.shape, k));
    while (executor.steps < STEPS) {
      let last: Progress | undefined;
      await executor.run(STEPS_PER_REPORT, {
        stepsPerSubmit: STEPS_PER_REPORT,
        onMetrics: (metrics) => {
          const row = metrics.at(-1);
          if (row !== undefined) last = { step: row.step, loss: row.loss as number };
        },
      });
      if (last !== undefined) yield last;
    }
  } finally {
    gpu.destroy();
  }
}

/** Glorot's uniform initialisation for a kernel (in, out), zeros for a bias. */
function initialValues(shape: Shape, stream: number): Float32Array {
  const [fanIn, fanOut] = shape;
  if (fanIn === undefined || fanOut === undefined) return new Float32Array(sizeOf(shape));
  const bound = Math.sqrt(6 / (fanIn + fanOut));
  return Float32Array.from({ length: sizeOf(shape) }, (_, position) => {
    const [bits] = threefry(SEED, stream, position, 0);
    return (2 * (bits / 2 ** 32) - 1) * bound;
  });
}
