import type { DescentError } from "../errors.ts";
import type { Program } from "../graph/program.ts";
import type { Replay } from "../graph/replay.ts";

/** What steps are computed on: a GPU, or the CPU where there is none. */
export interface Backend {
  readonly kind: "gpu" | "cpu";
  /** As people know it. */
  readonly name: string;
  /** Floating point operations of a step that takes about a second; Infinity where any may be tried. */
  readonly maxFlops: number;
  /** Throws the first thing that went wrong for good, if anything did. */
  assertAlive(): void;
  /** Calls `listener` with it. Gives the function that unsubscribes. */
  onFailure(listener: (failure: DescentError) => void): () => void;
  /** Makes a program ready to run. Throws what is wrong with it, and what there is no memory for. */
  create(program: Program): Promise<Replay>;
  /** Gives the device back; nothing that was created on it can be used any more. */
  destroy(): void;
}
