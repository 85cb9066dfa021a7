import { DescentError } from "../../src/errors.ts";
import { type Gpu, openGpu } from "../../src/gpu/device.ts";
import { compile } from "../../src/graph/compile.ts";
import { Executor } from "../../src/graph/executor.ts";
import { mlp } from "../../test/models/mlp.ts";

/** How a run ended, as the test sees it on the other side of the page's border. */
export interface Ending {
  readonly kind: string;
  readonly message: string;
  /** Steps whose metrics came back. */
  readonly counted: number;
}

/** A two-layer MLP that trains in the page. */
export class Training {
  readonly gpu: Gpu;
  readonly executor: Executor;

  private constructor(gpu: Gpu, executor: Executor) {
    this.gpu = gpu;
    this.executor = executor;
  }

  static async open(): Promise<Training> {
    const gpu = await openGpu();
    const { program, initial } = mlp(8, 12, 10);
    const executor = await Executor.create(gpu, compile(program, gpu.profile));
    for (const [variable, values] of initial) executor.write(variable, values);
    return new Training(gpu, executor);
  }

  async losses(steps: number): Promise<number[]> {
    const losses: number[] = [];
    await this.executor.run(steps, {
      onMetrics: (metrics) => losses.push(...metrics.map(({ loss }) => loss as number)),
    });
    return losses;
  }

  /**
   * Microseconds of JavaScript a dispatch, from the first command of a submit to its end, in each of several submits
   * of 256 steps.
   */
  async encodingTimes(submits: number): Promise<number[]> {
    const { device } = this.gpu;
    const { queue } = device;
    const times: number[] = [];
    const createCommandEncoder = device.createCommandEncoder.bind(device);
    const submit = queue.submit.bind(queue);
    let started = 0;
    device.createCommandEncoder = (descriptor) => {
      started = performance.now();
      return createCommandEncoder(descriptor);
    };
    queue.submit = (commands) => {
      submit(commands);
      times.push((1000 * (performance.now() - started)) / (256 * this.executor.plan.dispatches.length));
    };
    try {
      await this.executor.run(256 * submits, { stepsPerSubmit: 256 });
    } finally {
      device.createCommandEncoder = createCommandEncoder;
      queue.submit = submit;
    }
    return times;
  }

  async runUntilError(): Promise<Ending> {
    try {
      await this.executor.run(1e9, { stepsPerSubmit: 8 });
    } catch (error) {
      const { kind, message } = error as DescentError;
      if (error instanceof DescentError) return { kind, message, counted: this.executor.steps };
      throw error;
    }
    throw new Error("the run ended without an error");
  }
}
