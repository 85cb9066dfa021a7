import { expect, test } from "vitest";
import { preferencesIn } from "../../src/app/preferences-store.ts";

const usual = preferencesIn(undefined);

test("preferences are found as they were kept", () => {
  const kept = {
    theme: "dark",
    language: "zh",
    chart: { scale: "log", smoothing: 0.9, by: "epoch" },
    dismissed: ["lenet5"],
  };
  expect(preferencesIn(structuredClone(kept))).toEqual(kept);
});

test.each([
  ["nothing", null],
  ["a text", "dark"],
  ["a chart that is none", { chart: null }],
  ["values that are none", { theme: "pink", language: 3, chart: { scale: "cubic", smoothing: 7, by: [] } }],
  ["lists that are none", { dismissed: "lenet5" }],
])("of %s the preferences are as usual", (_, kept) => {
  expect(preferencesIn(kept)).toEqual(usual);
});

test("what is no preference does not take the others with it", () => {
  const kept = { theme: "light", chart: { scale: "log", smoothing: null }, dismissed: ["a", 1] };
  expect(preferencesIn(kept)).toEqual({
    ...usual,
    theme: "light",
    chart: { ...usual.chart, scale: "log" },
    dismissed: ["a"],
  });
});
