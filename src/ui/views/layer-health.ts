import type { Histogram, LayerHistograms } from "../../app/views.ts";

/** What may keep a layer from learning. */
export type LayerTrouble = "dead" | "vanishing" | "exploding";

/** So many dead units are worth a warning. */
const MANY_DEAD = 0.5;

/** A layer whose gradients are this much smaller than those of the layer with the largest does not learn with it. */
const VANISHED = 1e-4;

/** Gradients of this size throw weights far off at any usual learning rate. */
const EXPLODED = 100;

/** The root of the mean square of the values. */
export function sizeOfValues({ mean, deviation }: Histogram): number {
  return Math.sqrt(mean ** 2 + deviation ** 2);
}

/** What troubles each layer, in the layers' order. */
export function layerTroubles(layers: readonly LayerHistograms[]): LayerTrouble[][] {
  const sizes = layers.map(({ gradients }) => (gradients === undefined ? undefined : sizeOfValues(gradients)));
  const largest = Math.max(0, ...sizes.filter((size) => size !== undefined && Number.isFinite(size)).map(Number));
  return layers.map(({ dead }, k) => {
    const size = sizes[k];
    const troubles: LayerTrouble[] = [];
    if (dead !== undefined && dead >= MANY_DEAD) troubles.push("dead");
    if (size !== undefined && (!Number.isFinite(size) || size > EXPLODED)) troubles.push("exploding");
    else if (size !== undefined && largest > 0 && size < VANISHED * largest) troubles.push("vanishing");
    return troubles;
  });
}
