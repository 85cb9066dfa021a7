import { type Experiment, parseExperiment } from "../../src/nn/experiment.ts";
import type { LayerDescription } from "../../src/nn/layer.ts";
import { layers } from "../../src/nn/layers.ts";
import { ofKind } from "../../src/nn/of-kind.ts";

/** A model in short: edges as "from to". */
export interface ModelJson {
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
  readonly edges: readonly string[];
  readonly groups?: readonly Readonly<Record<string, unknown>>[];
}

export function experimentOf({ nodes, edges, groups }: ModelJson): Experiment {
  const wired = edges.map((edge) => {
    const [from, to] = edge.split(" ");
    return { from, to };
  });
  return parseExperiment({
    version: 1,
    data: { kind: "spiral" },
    model: { nodes, edges: wired, ...(groups && { groups }) },
    loss: { kind: "categoricalCrossentropy" },
    optimizer: { kind: "adam" },
  });
}

/** The edges in short, in their order. */
export function wires({ model }: Experiment): string[] {
  return model.edges.map(({ from, to }) => `${from} ${to}`);
}

export function layer(kind: string): LayerDescription {
  return ofKind(layers, kind);
}
