import { expect, test } from "vitest";
import type { Histogram } from "../../app/views.ts";
import { layerTroubles } from "./layer-health.ts";

const spread = (deviation: number): Histogram => ({
  least: -deviation,
  largest: deviation,
  counts: new Uint32Array(1),
  mean: 0,
  deviation,
});

test("layers that learn alike have no trouble", () => {
  expect(
    layerTroubles([
      { node: "a", gradients: spread(0.1) },
      { node: "b", gradients: spread(0.01) },
    ]),
  ).toEqual([[], []]);
});

test("gradients a ten-thousandth of the others' have vanished", () => {
  expect(
    layerTroubles([
      { node: "a", gradients: spread(1e-7) },
      { node: "b", gradients: spread(0.1) },
    ]),
  ).toEqual([["vanishing"], []]);
});

test("gradients that are small everywhere, as at the end of a training, have not vanished", () => {
  expect(
    layerTroubles([
      { node: "a", gradients: spread(1e-8) },
      { node: "b", gradients: spread(2e-8) },
    ]).flat(),
  ).toEqual([]);
});

test("huge gradients and those that are no numbers explode", () => {
  const layers = [
    { node: "a", gradients: spread(1e4) },
    { node: "b", gradients: spread(Number.NaN) },
  ];
  expect(layerTroubles(layers)).toEqual([["exploding"], ["exploding"]]);
});

test("half of the units dead is a trouble, a tenth is not", () => {
  expect(
    layerTroubles([
      { node: "a", dead: 0.5 },
      { node: "b", dead: 0.1 },
    ]),
  ).toEqual([["dead"], []]);
});
