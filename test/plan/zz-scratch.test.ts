import { test } from "vitest";
import { compile } from "../../src/graph/compile.ts";
import { mlp } from "../models/mlp.ts";
import { convnet } from "../models/convnet.ts";
import { lstmModel } from "../models/lstm.ts";
import { transformer } from "../models/transformer.ts";
import { HARDWARE, SOFTWARE } from "../ops/profiles.ts";
test("counts", () => {
  for (const [name, make] of Object.entries({ mlp, convnet, lstmModel, transformer })) {
    for (const p of [SOFTWARE, HARDWARE]) {
      for (const o of [{}, { fuse: false, inPlace: false, reuseMemory: false }]) {
        const t = performance.now();
        const plan = compile(make().program, p, o);
        const { temporaries, temporariesLowerBound } = plan.memory;
        console.log(name, p.software, JSON.stringify(o), plan.dispatches.length, temporaries, temporariesLowerBound, (temporaries / temporariesLowerBound).toFixed(3), Math.round(performance.now() - t));
        if (p.software && o.fuse === undefined) console.log(plan.dispatches.map((d) => `${d.op}[${d.variant}] ${d.ops.length} ${d.outputs.map((s) => s.join("x")).join(" ")}`).join("\n"));
      }
    }
  }
});
