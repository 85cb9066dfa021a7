import { lazy, Suspense } from "react";
import { useExperiment } from "../playground.tsx";
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
    <div className="space-y-3 p-4">
      {selection.length === 0 ? (
        <ExperimentInspector experiment={experiment} />
      ) : (
        <Suspense>
          <Selected experiment={experiment} selection={selection} />
        </Suspense>
      )}
    </div>
  );
}
