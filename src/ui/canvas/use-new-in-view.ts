import { useEffect, useRef } from "react";
import type { ModelSpec } from "../../app/engine-types.ts";
import { type CanvasParts, isLaidOut } from "./canvas-parts.ts";
import { bringIntoView } from "./focus-card.ts";

/** Shows a node that was added where nobody looks, such as from the palette. */
export function useNewInView({ playground, flow, network, root }: CanvasParts, model: ModelSpec): void {
  const known = useRef<{ readonly openings: number; readonly ids: ReadonlySet<string> } | undefined>(undefined);
  useEffect(() => {
    const { openings, experiment } = playground.experiments.getState();
    const before = known.current;
    known.current = { openings, ids: new Set(model.nodes.map(({ id }) => id)) };
    // What lays itself out is fitted into the view as a whole.
    if (before?.openings !== openings || experiment === undefined || isLaidOut(experiment)) return;
    const added = model.nodes.find(({ id }) => !before.ids.has(id));
    const box = added && network().layout.get(added.id);
    if (box) bringIntoView(flow, box, root());
  }, [playground, flow, network, root, model]);
}
