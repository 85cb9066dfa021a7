import { nameOfVariable } from "../../graph/ops/variable.ts";
import type { Program } from "../../graph/program.ts";
import type { Replay } from "../../graph/replay.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Values } from "../../graph/values.ts";
import type { ViewedRun } from "./view.ts";

/** A plan beside the training's that is only looked at: weights are lent to it, and what it computes is read. */
export class ViewPlan {
  readonly #run: ViewedRun;
  readonly #replay: Replay;

  private constructor(run: ViewedRun, replay: Replay) {
    this.#run = run;
    this.#replay = replay;
  }

  static async create(run: ViewedRun, program: Program): Promise<ViewPlan> {
    return new ViewPlan(run, await run.backend.create(program));
  }

  /** Sets variables; those that no output depends on have no place. */
  write(values: Iterable<readonly [Tensor, ArrayLike<number>]>): void {
    for (const [tensor, numbers] of values) {
      if (this.#replay.plan.variables.has(nameOfVariable(tensor))) this.#replay.write(tensor, numbers);
    }
  }

  /** Takes over the weights as the run has them now. */
  borrow(): void {
    this.#run.trainer.lendWeights(this.#replay);
  }

  run(steps: number): Promise<void> {
    return this.#replay.run(steps);
  }

  read(tensor: Tensor): Promise<Values> {
    return this.#replay.read(tensor);
  }

  /** Outputs computed with the present weights. */
  async look(outputs: readonly Tensor[]): Promise<Values[]> {
    this.borrow();
    await this.run(1);
    return Promise.all(outputs.map((output) => this.read(output)));
  }

  destroy(): void {
    this.#replay.destroy();
  }
}

/** Values as floats: tokens and answers are whole numbers on the GPU. */
export function floats(values: Values): Float32Array<ArrayBuffer> {
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
