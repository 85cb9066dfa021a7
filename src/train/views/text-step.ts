import type { Column } from "../../data/dataset.ts";
import { add } from "../../graph/ops/add.ts";
import { argmax } from "../../graph/ops/argmax.ts";
import { concat } from "../../graph/ops/concat.ts";
import { equal } from "../../graph/ops/equal.ts";
import { gather } from "../../graph/ops/gather.ts";
import { greaterEqual } from "../../graph/ops/greater-equal.ts";
import { iota } from "../../graph/ops/iota.ts";
import { log } from "../../graph/ops/log.ts";
import { minimum } from "../../graph/ops/minimum.ts";
import { mul } from "../../graph/ops/mul.ts";
import { randomUniform } from "../../graph/ops/random-uniform.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { sliceAxis } from "../../graph/ops/slice.ts";
import { sub } from "../../graph/ops/sub.ts";
import { variable } from "../../graph/ops/variable.ts";
import { where } from "../../graph/ops/where.ts";
import type { Program } from "../../graph/program.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { hash } from "../../nn/initializer.ts";
import { beforeSoftmax } from "../../nn/losses/undo-activation.ts";
import type { ViewedRun } from "./view.ts";
import { modelOn } from "./viewed-model.ts";

/** One more token of a text as graph: window, place and what is written go on from step to step by themselves. */
export interface TextStep {
  readonly program: Program;
  /** The tokens that the model reads, (1, T) i32. Behind `place` anything may stand: no model that learned to write looks there. */
  readonly window: Tensor;
  /** Where the last token stands, i32. */
  readonly place: Tensor;
  /** (length) i32, of which the first `count`, u32, are written. */
  readonly written: Tensor;
  readonly count: Tensor;
  readonly seed: Tensor;
  /** 0: always the likeliest. */
  readonly temperature: Tensor;
  /** Whether the model tells what comes after the last place of its window alone, so that it must be full. */
  readonly readsWhole: boolean;
}

export function textStep(run: ViewedRun, input: Column, length: number): TextStep {
  const steps = input.shape[0] as number;
  const window = variable("view window", [1, steps], "i32");
  const place = variable("view place", [], "i32");
  const written = variable("view written", [length], "i32");
  const count = variable("view count", [], "u32");
  const seed = variable("view seed", [], "u32");
  const temperature = variable("view temperature");

  // (1, T, V), or (1, V)
  const logits = beforeSoftmax(modelOn(run, new Map([[input.name, window]])).output);
  const tokens = logits.shape.at(-1) as number;
  const readsWhole = logits.shape.length < 3;
  const next = readsWhole ? reshape(logits, [tokens]) : gather(reshape(logits, [steps, tokens]), place);

  // The largest of logits with Gumbel noise is drawn as softmax(logits / temperature) says: Gumbel (1954).
  const uniform = randomUniform([tokens], { seed, step: count, stream: hash("view text") }, 2 ** -24, 1);
  const token = argmax(sub(next, mul(temperature, log(sub(0, log(uniform))))));

  const row = reshape(window, [steps]);
  const one = reshape(token, [1]);
  const shifted = steps === 1 ? one : concat([sliceAxis(row, 0, 1, steps - 1), one], 0);
  const appended = where(equal(iota([steps], "i32"), add(place, 1)), token, row);
  const isFull = greaterEqual(place, steps - 1);
  return {
    program: {
      updates: [
        [window, reshape(where(isFull, shifted, appended), [1, steps])],
        [place, minimum(add(place, 1), steps - 1)],
        [written, where(equal(iota([length], "u32"), count), token, written)],
        [count, add(count, 1)],
      ],
      batchSize: 1,
    },
    window,
    place,
    written,
    count,
    seed,
    temperature,
    readsWhole,
  };
}
