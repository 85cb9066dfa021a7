import { useCatalogue, useExperiment } from "../playground.tsx";
import { BatchSection } from "./batch-section.tsx";
import { LossSection } from "./loss-section.tsx";
import { OptimizerSection } from "./optimizer-section.tsx";
import { ScheduleSection } from "./schedule-section.tsx";
import { StopSection } from "./stop-section.tsx";

/** How the model learns: by which steps, from which loss, in which batches, and until when. */
export function TrainingPanel() {
  const catalogue = useCatalogue();
  const experiment = useExperiment((state) => state.experiment);
  if (catalogue === undefined || experiment === undefined) return null;
  return (
    <div className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 pb-2">
      <OptimizerSection catalogue={catalogue} optimizer={experiment.optimizer} />
      <ScheduleSection catalogue={catalogue} experiment={experiment} />
      <LossSection catalogue={catalogue} experiment={experiment} />
      <BatchSection experiment={experiment} />
      <StopSection stop={experiment.stop} />
    </div>
  );
}
