import type { NodeSpec } from "./experiment.ts";
import type { LayerDescription } from "./layer.ts";

/**
 * A node of a layer, with the defaults of the fields that `config` leaves out. Its id is the layer's kind in lower case,
 * with a number behind it where there is such a node already: dense, dense_2, dense_3.
 */
export function newNode(
  { kind, fields }: Pick<LayerDescription, "kind" | "fields">,
  nodes: readonly Pick<NodeSpec, "id">[],
  config: Readonly<Record<string, unknown>> = {},
): NodeSpec {
  const defaults = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default]));
  return { id: freeId(kind.toLowerCase(), nodes), layer: kind, frozen: false, ...defaults, ...config };
}

export function freeId(name: string, nodes: readonly Pick<NodeSpec, "id">[]): string {
  const taken = new Set(nodes.map(({ id }) => id));
  for (let count = 1; ; count++) {
    const id = count === 1 ? name : `${name}_${count}`;
    if (!taken.has(id)) return id;
  }
}
