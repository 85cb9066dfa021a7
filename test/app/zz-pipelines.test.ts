import { test } from "vitest";
import { openGpu } from "../../src/gpu/device.ts";
import { nodeGpu } from "../../src/gpu/node-gpu.ts";
import { compile } from "../../src/graph/compile.ts";
import { parseExperiment } from "../../src/nn/experiment.ts";
import { presets } from "../../src/nn/presets.ts";
import { evaluationStep } from "../../src/train/evaluation-step.ts";
import { loadDataset } from "../../src/train/load-dataset.ts";
import { trainingStep } from "../../src/train/training-step.ts";
import { compilePipelines } from "../../src/gpu/pipelines.ts";

test("x", async () => {
  const gpu = await openGpu({ gpu: await nodeGpu() });
  const e = parseExperiment(await presets[0]!.load());
  const d = await loadDataset(e);
  for (const [what, program] of [["training", trainingStep(e, d).program], ["validation", evaluationStep(e, d).program]] as const) {
    const t0 = performance.now();
    const plan = compile(program, gpu.profile);
    console.log(what, "compile", Math.round(performance.now() - t0), "dispatches", plan.dispatches.length);
    let total = 0;
    for (const dispatch of plan.dispatches) {
      const t = performance.now();
      const { op, node, code, constants } = dispatch as any;
      await compilePipelines(gpu, [{ code, entry: "main", constants, label: op, origin: { op, node } }]);
      const took = performance.now() - t; total += took;
      console.log(what, Math.round(took), op, node, code.length);
    }
    console.log(what, "total", Math.round(total));
  }
});
