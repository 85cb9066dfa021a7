import { afterAll, describe, expect, it } from "vitest";
import { type Gpu, openGpu } from "../../src/gpu/device.ts";
import { nodeGpu } from "../../src/gpu/node-gpu.ts";
import { rowsOf } from "./collect.ts";
import { evaluateOn } from "./evaluate.ts";
import { createTrial, hasVariants } from "./trial.ts";

const all = rowsOf(
  import.meta.glob(
    [
      "./rows/elementwise.ts",
      "./rows/binary.ts",
      "./rows/compare.ts",
      "./rows/reduce.ts",
      "./rows/shape.ts",
      "./rows/normalize.ts",
      "./rows/losses.ts",
    ],
    { eager: true },
  ),
).filter((r) => new RegExp(process.env.ROWS ?? ".").test(r.name));
let opened: Promise<Gpu> | undefined;
const open = () => (opened ??= nodeGpu().then((gpu) => openGpu({ gpu, deadlineMs: 200000 })));
afterAll(async () => (await opened)?.destroy());
describe.each(all.map((r) => [r.name, r] as const))("%s", (_, row) => {
  it("gpu", async () => {
    const gpu = await open();
    const t = createTrial(row, evaluateOn(gpu));
    const out: string[] = [];
    const add = (what: string, l: string[]) => {
      if (l.length)
        out.push(
          `${what} ${l.length}: ${l
            .slice(0, 6)
            .map((m) => m.slice(0, 400))
            .join("\n      ")}`,
        );
    };
    add("forward", await t.forward());
    if (row.adversarial) add("adversarial", await t.adversarial());
    if (!("none" in row.gradient)) add("gradients", await t.gradients());
    if (hasVariants(row))
      add("variants", await t.otherVariants(gpu.profile, { ...gpu.profile, software: !gpu.profile.software }));
    if (out.length) {
      console.log(`@@ ${row.name}\n   ${out.join("\n   ")}`);
      expect.fail("bad");
    }
  }, 240000);
});
