import { openGpu } from "../../src/gpu/device.ts";
import { nodeGpu } from "../../src/gpu/node-gpu.ts";
import { bars } from "./bars.ts";
import { runInFull } from "./train-preset.ts";

/**
 * Trains presets to their end and prints what they reach, a row of Markdown each. `names`: which ones; all where there
 * is none. Gives the exit code: 0 where all reach their bars.
 */
export async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !bars.some(({ preset }) => preset === name));
  if (unknown.length > 0) {
    console.error(
      `There is no preset ${unknown.join(", ")}; there are ${bars.map(({ preset }) => preset).join(", ")}.`,
    );
    return 2;
  }
  const gpu = await openGpu({ gpu: await nodeGpu() });
  console.log(`Adapter: ${gpu.profile.vendor} ${gpu.profile.architecture}\n`);
  console.log("| preset | what | reached | bar | steps | seconds | |\n|---|---|---|---|---|---|---|");
  let failed = 0;
  for (const bar of bars) {
    if (names.length > 0 && !names.includes(bar.preset)) continue;
    const { figure, bar: limit, passed, steps, seconds } = await runInFull(gpu, bar);
    if (!passed) failed += 1;
    const cells = [bar.preset, bar.what, figure.toPrecision(4), `${bar.passes} ${limit.toPrecision(4)}`, steps];
    console.log(`| ${[...cells, seconds.toFixed(0), passed ? "reached" : "MISSED"].join(" | ")} |`);
  }
  gpu.destroy();
  return failed > 0 ? 1 : 0;
}
