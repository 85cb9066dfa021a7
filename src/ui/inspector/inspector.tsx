import { lazy } from "react";
import { useExperiment } from "../playground.tsx";
import { Part } from "../primitives/part.tsx";
import { ExperimentInspector } from "./experiment-inspector.tsx";

const Selected = lazy(async () => ({ default: (await import("./selected.tsx")).Selected }));

/** Settings and facts of what is selected; of the experiment where nothing is. */
export function Inspector() {
  const { experiment, selection } = useExperiment((state) => ({
    experiment: state.experiment,
    selection: state.selection,
  }));
  if (experiment === undefined) return null;
  return (
    <div data-inspector tabIndex={-1} className="min-h-full space-y-3 p-4 outline-none">
      {selection.length === 0 ? (
        <ExperimentInspector experiment={experiment} />
      ) : (
        <Part>
          <Selected experiment={experiment} selection={selection} />
        </Part>
      )}
    </div>
  );
}
