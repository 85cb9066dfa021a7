import { expect, test } from "vitest";
import { sharedGpu } from "../plan/open.ts";
import { chain, small, weightBits, withTrainer } from "./small-run.ts";

const gpu = sharedGpu();

test.each([null, 0.9])(
  "frozen layers keep parameters and statistics bit for bit, the others learn (average: %s)",
  async (average) => {
    const experiment = small({
      model: chain(
        { id: "first", layer: "Dense", units: 6, frozen: true },
        { id: "still", layer: "BatchNorm", frozen: true },
        { id: "second", layer: "Dense", units: 6, activation: "tanh" },
        { id: "moving", layer: "BatchNorm" },
      ),
      optimizer: { kind: "adamw", learningRate: 0.01, weightDecay: 0.1, average },
    });
    await withTrainer(gpu(), experiment, async (trainer) => {
      const before = await weightBits(trainer);
      await trainer.advance(5);
      const after = await weightBits(trainer);
      const changed = Object.keys(before).filter((name) => String(before[name]) !== String(after[name]));
      expect(changed.length).toBe(8);
      expect(new Set(changed.map((name) => name.split(".")[0]))).toEqual(new Set(["second", "moving", "output"]));
      expect(Object.keys(before).filter((name) => /^(first|still)\./.test(name)).length).toBe(6);
    });
  },
);
