import type { Family, LayerDescription } from "../../app/engine-types.ts";

/** Layers of a family, in the order of the catalogue. */
export interface LayerGroup {
  readonly family: Family;
  readonly layers: readonly LayerDescription[];
}

/** Families and their layers, each family where its first layer stands. */
export function groupedLayers(layers: readonly LayerDescription[]): LayerGroup[] {
  const families = new Set(layers.map(({ family }) => family));
  return [...families].map((family) => ({ family, layers: layers.filter((layer) => layer.family === family) }));
}

/** The layers that every word of a search is found in: in the kind, the family's name or the help, in either language. */
export function foundLayers(
  layers: readonly LayerDescription[],
  search: string,
  familyName: (family: Family) => string,
): LayerDescription[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return layers.filter(({ kind, family, help }) => {
    const text = [kind, family, familyName(family), help.en, help.zh].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The one meant most likely: whose kind begins with the search, else has it in it, else the first found. */
export function bestLayer(found: readonly LayerDescription[], search: string): LayerDescription | undefined {
  const wanted = search.toLowerCase().replaceAll(/\s+/g, "");
  const kinds = found.map((layer) => ({ layer, kind: layer.kind.toLowerCase() }));
  const best = kinds.find(({ kind }) => kind.startsWith(wanted)) ?? kinds.find(({ kind }) => kind.includes(wanted));
  return best?.layer ?? found[0];
}
