import { describe, expect, test } from "vitest";
import { type Progress, progressLine, progressText } from "../../src/cli/progress-line.ts";
import { StepRate } from "../../src/cli/step-rate.ts";

const progress: Progress = {
  step: 500,
  totalSteps: 2000,
  metrics: { loss: 0.12345, accuracy: 0.96875 },
  batchSize: 64,
  stepsPerSecond: 20,
};

describe("the progress line", () => {
  test("has bar, step, loss, accuracy, samples a second and the time left", () => {
    expect(progressLine(progress, 200)).toBe(
      "███████░░░░░░░░░░░░░░░░░░░░░░░  step 500/2,000  loss 0.1235  accuracy 0.9688  1,280 samples/s  1:15 left",
    );
  });

  test("fits every terminal: the bar gets shorter, then the last things go", () => {
    for (let columns = 1; columns < 120; columns++) {
      const line = progressLine(progress, columns);
      expect(line.length).toBeLessThanOrEqual(columns);
      expect("step 500/2,000".startsWith(line) || line.includes("step 500/2,000")).toBe(true);
    }
    expect(progressLine(progress, 60)).toBe("███░░░░░░░░░░░  step 500/2,000  loss 0.1235  accuracy 0.9688");
  });

  test("is full at the end, and empty at the start", () => {
    expect(progressLine({ ...progress, step: 2000 }, 120)).toMatch(/^█{30} {2}/);
    expect(progressLine({ ...progress, step: 0 }, 120)).toMatch(/^░{30} {2}/);
  });

  test("says no time left and draws no bar where the end is not known", () => {
    const line = progressLine({ ...progress, totalSteps: Number.POSITIVE_INFINITY }, 120);
    expect(line).toBe("step 500  loss 0.1235  accuracy 0.9688  1,280 samples/s");
  });

  test("says no speed before one is known", () => {
    expect(progressText({ ...progress, stepsPerSecond: undefined })).toBe(
      "step 500/2,000  loss 0.1235  accuracy 0.9688",
    );
  });

  test.each([
    [{ loss: 1234567 }, "loss 1.235e+6"],
    [{ loss: 0.00001234 }, "loss 1.234e-5"],
    [{ loss: 12.345 }, "loss 12.35"],
    [{ loss: 0 }, "loss 0.0000"],
    [{ loss: Number.NaN }, "loss NaN"],
  ])("shows %o", (metrics, text) => {
    expect(progressText({ ...progress, metrics })).toContain(`  ${text}  `);
  });

  test.each([
    [20, "1:15 left"],
    [0.2, "2:05:00 left"],
    [1e6, "0:01 left"],
  ])("at %d steps a second: %s", (stepsPerSecond, left) => {
    expect(progressText({ ...progress, stepsPerSecond })).toMatch(new RegExp(`${left}$`));
  });
});

describe("the rate of steps", () => {
  test("is unknown before the first step", () => {
    expect(new StepRate(0).stepsPerSecond).toBeUndefined();
  });

  test("is that of the last ten seconds", () => {
    const rate = new StepRate(0);
    // 1 step a second for a minute, then 5.
    for (let second = 1; second <= 60; second++) rate.mark(1000 * second, second);
    expect(rate.stepsPerSecond).toBe(1);
    for (let second = 1; second <= 12; second++) rate.mark(60_000 + 1000 * second, 60 + 5 * second);
    expect(rate.stepsPerSecond).toBe(5);
  });

  test("spans two marks where a step takes longer than that", () => {
    const rate = new StepRate(0);
    rate.mark(20_000, 1);
    rate.mark(60_000, 2);
    expect(rate.stepsPerSecond).toBe(1 / 40);
  });
});
