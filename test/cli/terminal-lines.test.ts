import { describe, expect, test } from "vitest";
import { TerminalLines } from "../../src/cli/terminal-lines.ts";

const plan = {
  adapter: "google swiftshader",
  parameters: 34_826,
  dispatchesPerStep: 24,
  peakBytes: 45_600_000,
  stepsPerEpoch: 169,
  totalSteps: 1000,
};
const CLEAR = "\r\x1b[K";

/** A screen that remembers, and a clock that stands until it is set. */
function startOn(isTTY: boolean) {
  const written: string[] = [];
  const clock = { now: 0 };
  const screen = { isTTY, columns: 60, write: (text: string) => written.push(text) };
  const lines = new TerminalLines(screen, { name: "digits-cnn", batchSize: 64 }, () => clock.now);
  const step = (now: number, number: number) => {
    clock.now = now;
    lines.metrics([{ step: number, loss: 1 / number, accuracy: 0.5 }]);
  };
  return { lines, written, clock, step };
}

describe("the run in a terminal", () => {
  test("is one line, drawn again at most ten times a second", () => {
    const { lines, written, step } = startOn(true);
    lines.plan(plan);
    written.length = 0;
    for (let number = 1; number <= 1000; number++) step(number, number);
    expect(written).toHaveLength(10);
    for (const text of written) {
      expect(text.startsWith(CLEAR)).toBe(true);
      expect(text).not.toContain("\n");
      expect(text.length - CLEAR.length).toBeLessThan(60);
    }
    expect(written.at(-1)).toContain("step 1,000/1,000");
  });

  test("keeps what stays above the line", () => {
    const { lines, written, step } = startOn(true);
    lines.preparing("Preparing the data");
    lines.plan(plan);
    step(200, 1);
    lines.validation({ step: 1, loss: 0.25, accuracy: 0.75 });
    lines.done({ steps: 1, loss: 1, stepsPerSecond: 5, submits: 1, validation: { loss: 0.25, accuracy: 0.75 } });
    lines.saved("weights.safetensors");
    lines.end();
    expect(written).toEqual([
      `${CLEAR}Preparing the data…`,
      `${CLEAR}digits-cnn: 34,826 parameters on google swiftshader; 24 dispatches a step, 45.6 MB of GPU memory at most; 169 steps an epoch\n`,
      expect.stringMatching(/step 1\/1,000 {2}loss 1\.0000/),
      `${CLEAR}step 1: validation loss 0.2500, accuracy 0.7500\n`,
      expect.stringMatching(/step 1\/1,000 {2}loss 1\.0000/),
      `${CLEAR}done: 1 step in 0:01, 5.0000 steps/s; loss 1.0000; validation loss 0.2500, accuracy 0.7500\n`,
      "weights saved: weights.safetensors\n",
    ]);
  });

  test("takes its line away before an error is told", () => {
    const { lines, written, step } = startOn(true);
    lines.plan(plan);
    step(200, 1);
    lines.end();
    lines.end();
    expect(written.filter((text) => text === CLEAR)).toHaveLength(1);
    expect(written.at(-1)).toBe(CLEAR);
  });
});

describe("the run in a log", () => {
  test("is a plain line every five seconds", () => {
    const { lines, written, step } = startOn(false);
    lines.preparing("Preparing the data");
    lines.plan(plan);
    for (let number = 1; number <= 120; number++) step(100 * number, number);
    lines.stopped({ steps: 120, loss: 0.01, stepsPerSecond: 10, submits: 120 });
    lines.end();
    expect(written).toEqual([
      expect.stringMatching(/^digits-cnn: 34,826 parameters/),
      "step 50/1,000  loss 0.0200  accuracy 0.5000  640 samples/s  1:35 left\n",
      "step 100/1,000  loss 0.0100  accuracy 0.5000  640 samples/s  1:30 left\n",
      "stopped: 120 steps in 0:12, 10.00 steps/s; loss 0.0100\n",
    ]);
  });
});
