import { test } from "vitest";
import { compile } from "../../src/graph/compile.ts";
import { gradient } from "../../src/graph/gradient.ts";
import { add } from "../../src/graph/ops/add.ts";
import { div } from "../../src/graph/ops/div.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { argmax } from "../../src/graph/ops/argmax.ts";
import { equal } from "../../src/graph/ops/equal.ts";
import { cast } from "../../src/graph/ops/cast.ts";
import { maximum } from "../../src/graph/ops/maximum.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { softmax } from "../../src/graph/ops/softmax.ts";
import { softmaxCrossEntropy } from "../../src/graph/ops/softmax-cross-entropy.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { losses } from "../../src/nn/losses.ts";
import { metrics } from "../../src/nn/metrics.ts";
import { sizeOf } from "../../src/graph/tensor.ts";
import { HARDWARE, SOFTWARE } from "../ops/profiles.ts";
test("count", () => {
  const x = variable("x", [64, 256]);
  const logits = add(matmul(x, variable("head", [256, 10])), variable("bias", [10]));
  const one = add(matmul(x, variable("head1", [256, 1])), variable("bias1", [1]));
  const labels = variable("labels", [64], "i32");
  const t = variable("t", [64, 10]);
  for (const p of [SOFTWARE, HARDWARE]) {
    const n = (program: any) => { const plan = compile(program, p); return plan.dispatches.map((d) => `${d.ops.length}`).join(",") + "=" + plan.dispatches.length; };
    const base = softmaxCrossEntropy(logits, labels);
    console.log("baseline sce", n({ metrics: { base }, outputs: gradient(base, [logits]) }));
    for (const loss of losses) for (const y of [logits, one, softmax(logits)]) for (const target of [labels, t]) {
      try {
        const config = Object.fromEntries(Object.entries(loss.fields).map(([k, f]) => [k, f.default]));
        const { values, weights } = loss.build(config as any, y, target, { refuse: (x: any) => { throw new Error("no"); } });
        const lossSum = sum(values), lossCount = weights ? sum(weights) : constant(sizeOf(values.shape));
        const total = div(lossSum, maximum(lossCount, 1));
        console.log(loss.kind, y.shape, target.dtype, n({ metrics: { lossSum, lossCount }, outputs: gradient(total, [y]) }));
        if (target === labels) for (const m of metrics.filter(({of}) => of === "labels"))
          console.log("   ", m.kind, n({ metrics: { lossSum, lossCount, ...m.sums({output: y, target, samples: undefined, lossSum, lossCount}) }, outputs: gradient(total, [y]) }));
        if (target === labels && y !== one) console.log("   argmax", n({ metrics: { lossSum, lossCount, r: sum(cast(equal(argmax(y, -1), labels), "f32")) }, outputs: gradient(total, [y]) }));
        if (target === t && loss.kind === "meanSquaredError") for (const m of metrics.filter(({of}) => of === "numbers"))
          console.log("   ", m.kind, n({ metrics: { lossSum, lossCount, ...m.sums({output: y, target, samples: undefined, lossSum, lossCount}) }, outputs: gradient(total, [y]) }));
      } catch (e) { if ((e as Error).message !== "no") throw e; }
    }
  }
});
