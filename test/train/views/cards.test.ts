import { expect, test } from "vitest";
import type { CardPicture } from "../../../src/train/view-protocol.ts";
import { sharedGpu } from "../../plan/open.ts";
import { chain, images, small } from "../small-run.ts";
import { distance, inRows, type Looking, NEAR, Reference, softmaxOf, withRun } from "./looking.ts";

const gpu = sharedGpu();

async function picturesOf(run: Looking, subject: number | Float32Array<ArrayBuffer> = 0) {
  const { pictures } = await run.look({ kind: "cards", subject });
  return (node: string) => pictures.get(node) as CardPicture;
}

test("cards of a model of points are maps of its units over the plane", () =>
  withRun(gpu(), small(), async (run) => {
    const picture = await picturesOf(run);
    const { grid } = await run.look({ kind: "plane", columns: 24, rows: 24 });
    const point = (cell: number) => {
      const [row, column] = [Math.floor(cell / 24), cell % 24];
      return Float32Array.of(
        grid.x[0] + ((column + 0.5) / 24) * (grid.x[1] - grid.x[0]),
        grid.y[1] - ((row + 0.5) / 24) * (grid.y[1] - grid.y[0]),
      );
    };
    expect(picture("hidden")).toMatchObject({ kind: "maps", count: 8, of: 8, rows: 24, columns: 24 });
    expect(picture("input")).toMatchObject({ kind: "maps", count: 2 });
    for (const cell of [0, 23, 300, 575]) {
      const reference = await Reference.of(run, point(cell));
      const at = ({ values }: CardPicture) => inRows(values, 576).map((map) => map[cell] as number);
      expect(distance(at(picture("hidden")), reference.node("hidden"))).toBeLessThan(NEAR);
      expect(distance(at(picture("output")), softmaxOf(reference.node("output")))).toBeLessThan(NEAR);
    }
  }));

/** Images (6, 6, 2) through a convolution of ten channels to three classes. */
const convnet = small({
  model: chain(
    { id: "conv", layer: "Conv2D", filters: 10, kernelSize: 3, activation: "relu" },
    { id: "flat", layer: "Flatten" },
    { id: "wide", layer: "Dense", units: 40 },
  ),
  batchSize: 8,
});

test("cards of a model of images show some channels of a convolution, bars of a vector, and the classes' probabilities", () =>
  withRun(
    gpu(),
    convnet,
    async (run) => {
      const picture = await picturesOf(run, 5);
      const reference = await Reference.of(run, [5]);
      const channels = inRows(reference.node("conv"), 10);
      const maps = [...new Array(8).keys()].flatMap((channel) => channels.map((pixel) => pixel[channel] as number));
      expect(picture("conv")).toMatchObject({ kind: "maps", count: 8, of: 10, rows: 4, columns: 4 });
      expect(distance(picture("conv").values, maps)).toBeLessThan(NEAR);
      expect(picture("wide").kind).toBe("bars");
      expect(distance(picture("wide").values, reference.node("wide").slice(0, 32))).toBeLessThan(NEAR);
      expect(picture("output")).toMatchObject({ kind: "bars", labels: ["a", "b", "c"] });
      expect(distance(picture("output").values, softmaxOf(reference.node("output")))).toBeLessThan(NEAR);
    },
    { dataset: images() },
  ));

test("an input of one channel is shown as the image it is, and so is what an autoencoder gives", () => {
  const autoencoder = small({
    data: { kind: "glyphDigits", samples: 60, target: "image" },
    model: {
      nodes: [
        { id: "input", layer: "Input" },
        { id: "conv", layer: "Conv2D", filters: 1, kernelSize: 3, padding: "same", activation: "sigmoid" },
      ],
      edges: [{ from: "input", to: "conv" }],
    },
    loss: { kind: "meanSquaredError" },
    metrics: [],
  });
  return withRun(gpu(), autoencoder, async (run) => {
    const picture = await picturesOf(run, 3);
    const reference = await Reference.of(run, [3]);
    for (const node of ["input", "conv"]) {
      expect(picture(node)).toMatchObject({ kind: "image", rows: 28, columns: 28, channels: 1 });
      expect(distance(picture(node).values, reference.node(node))).toBeLessThan(NEAR);
    }
  });
});

test("a sequence is shown as heat, of a long one every second or third step", () => {
  const series = small({
    data: { kind: "sineMixture", samples: 60, length: 150 },
    model: chain({ id: "rnn", layer: "SimpleRNN", units: 3, returns: "sequence" }, { id: "flat", layer: "Flatten" }),
    loss: { kind: "meanSquaredError" },
    metrics: [],
  });
  return withRun(gpu(), series, async (run) => {
    const picture = await picturesOf(run, 1);
    const steps = inRows((await Reference.of(run, [1])).node("rnn"), 3);
    expect(picture("rnn")).toMatchObject({ kind: "heat", steps: 50, units: 3 });
    expect(distance(picture("rnn").values, steps.filter((_, t) => t % 3 === 0).flat())).toBeLessThan(NEAR);
    expect(picture("output")).toMatchObject({ kind: "bars" });
  });
});
