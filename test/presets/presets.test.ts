import { describe, expect, test } from "vitest";
import { presets } from "../../src/nn/presets.ts";
import { sharedGpu } from "../plan/open.ts";
import { bars } from "./bars.ts";
import { runShortly } from "./train-preset.ts";

// Short runs of all presets; `npm run presets` runs them to their end, against the bars they are made for.

test("every preset has a bar", () => {
  expect(bars.map(({ preset }) => preset).sort()).toEqual(presets.map(({ name }) => name).sort());
});

describe("a short run learns", () => {
  const gpu = sharedGpu();

  const named = bars.map((bar) => [`${bar.preset}: ${bar.what} after ${bar.short.steps} steps`, bar] as const);

  test.each(named)("%s", async (_name, bar) => {
    const { figure, passed, bar: limit } = await runShortly(gpu(), bar);
    expect(passed, `${bar.what} is ${figure}, and is to be ${bar.passes} ${limit}`).toBe(true);
  });
});
