import { edgeOfId } from "../../app/edits/edges.ts";
import { exitOf, groupOf } from "../../app/edits/groups.ts";
import { nodeOf } from "../../app/edits/model.ts";
import { addNode, type Place } from "../../app/edits/nodes.ts";
import type { Experiment, LayerDescription } from "../../app/engine-types.ts";
import { usePlayground } from "../playground.tsx";

/** Adds a layer behind what is selected, else at the end of the network, and selects it. Gives where it went. */
export function useAddLayer(): (layer: LayerDescription) => { id: string; after: string | undefined } | undefined {
  const { experiments, run } = usePlayground();
  return (layer) => {
    const { experiment, selection } = experiments.getState();
    if (experiment === undefined) return undefined;
    const place = placeFor(experiment, selection, run.getState().draft?.outputNode);
    const added = addNode(experiment, layer, place);
    if (added.experiment === experiment) return undefined;
    experiments.edit(() => added.experiment);
    experiments.select([added.id]);
    return { id: added.id, after: place.on?.from ?? place.after };
  };
}

function placeFor(experiment: Experiment, selection: readonly string[], outputNode: string | undefined): Place {
  const { model } = experiment;
  const [selected] = selection;
  if (selection.length === 1 && selected !== undefined) {
    if (nodeOf(experiment, selected) !== undefined) return { after: selected };
    const group = groupOf(model, selected);
    if (group !== undefined) return { after: exitOf(model, group) };
    const edge = edgeOfId(selected);
    if (edge !== undefined) return { on: edge };
  }
  const last = nodeOf(experiment, outputNode ?? "")?.id ?? model.nodes.at(-1)?.id;
  return last === undefined ? {} : { after: last };
}
