import { expect } from "vitest";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Layer } from "../../src/nn/layer.ts";
import { embeddingLayer } from "../../src/nn/layers/embedding.ts";
import { flattenLayer } from "../../src/nn/layers/flatten.ts";
import { reshapeLayer } from "../../src/nn/layers/reshape.ts";
import type { ModelError, Repair } from "../../src/nn/model-error.ts";
import { type BuildOptions, buildLayer, refusalOf } from "./layer-context.ts";

const insertable = new Map([embeddingLayer, flattenLayer, reshapeLayer].map((layer) => [layer.kind, layer]));

/** The refusal of a layer that must refuse, after trying that each repair that sets a field or inserts a layer lets it be built. */
export function curedRefusal(
  layer: Layer,
  config: Readonly<Record<string, unknown>>,
  inputs: readonly [Tensor, ...Tensor[]],
  options: BuildOptions = {},
): ModelError {
  const refusal = refusalOf(() => buildLayer(layer, config, inputs, options));
  for (const text of Object.values(refusal.text)) expect(text.length).toBeGreaterThan(10);
  for (const repair of refusal.repairs) applied(repair, layer, config, inputs, options);
  return refusal;
}

function applied(
  repair: Repair,
  layer: Layer,
  config: Readonly<Record<string, unknown>>,
  inputs: readonly [Tensor, ...Tensor[]],
  options: BuildOptions,
): void {
  if (repair.kind === "set") {
    buildLayer(layer, { ...config, [repair.field]: repair.value }, inputs, options);
    return;
  }
  if (repair.kind !== "insert") return;
  const inserted = insertable.get(repair.layer) as Layer;
  const { output } = buildLayer(inserted, repair.config ?? {}, inputs, { tokens: 10 });
  buildLayer(layer, config, [output], options);
}
