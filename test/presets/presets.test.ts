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

  test.each(bars)("$preset: $what after $short.steps steps", async (bar) => {
    const { figure, passed, bar: limit } = await runShortly(gpu(), bar);
    expect(passed, `${bar.what} is ${figure}, and is to be ${bar.passes} ${limit}`).toBe(true);
  });
});
