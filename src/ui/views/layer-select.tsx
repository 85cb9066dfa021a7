import { useTranslation } from "react-i18next";
import type { NodeSpec } from "../../app/engine-types.ts";
import { useExperiment } from "../playground.tsx";
import { Select } from "../primitives/select.tsx";
import { useResults } from "./results-store.ts";

interface LayerSelectProps {
  readonly view: "features" | "states" | "attention";
  readonly layers: readonly NodeSpec[];
  readonly value: string;
}

/** Which layer a view is of. */
export function LayerSelect({ view, layers, value }: LayerSelectProps) {
  const { t } = useTranslation("views");
  return (
    <Select
      label={t("layer")}
      value={value}
      onChange={(node) => useResults.setState((state) => ({ layers: { ...state.layers, [view]: node } }))}
      options={layers.map(({ id, layer }) => ({ value: id, label: `${id} · ${layer}` }))}
      className="max-w-60 min-w-0"
    />
  );
}

/** The layers that a view can be of, and the one to show: chosen here, else selected on the canvas, else the first. */
export function useLayerChoice(
  view: "features" | "states" | "attention",
  isFit: (node: NodeSpec) => boolean,
): { readonly layers: readonly NodeSpec[]; readonly node: string | undefined } {
  const chosen = useResults((state) => state.layers[view]);
  const { nodes, selection } = useExperiment((state) => ({
    nodes: state.experiment?.model.nodes,
    selection: state.selection,
  }));
  const layers = (nodes ?? []).filter(isFit);
  const has = (id: string | undefined) => layers.some((layer) => layer.id === id);
  const selected = selection.find(has);
  return { layers, node: has(chosen) ? chosen : (selected ?? layers[0]?.id) };
}
