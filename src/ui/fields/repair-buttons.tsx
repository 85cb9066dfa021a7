import { Wrench } from "lucide-react";
import { repairedExperiment } from "../../app/edits/model.ts";
import type { Problem, Repair } from "../../app/engine-types.ts";
import { useCatalogue, usePlayground } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";
import { useRepairText } from "./repair-text.ts";

interface RepairButtonsProps {
  readonly problem: Problem;
  /** The node it belongs to; left out for one of the whole experiment. */
  readonly node?: string | undefined;
}

/** What one click would cure. */
export function RepairButtons({ problem: { repairs }, node }: RepairButtonsProps) {
  const { experiments } = usePlayground();
  const repairText = useRepairText(node);
  const catalogue = useCatalogue();
  if (catalogue === undefined || repairs.length === 0) return null;
  const repair = (cure: Repair) =>
    experiments.edit((experiment) => repairedExperiment(experiment, node ?? "", cure, catalogue));
  return (
    <div className="mt-1.5 flex flex-wrap gap-1.5">
      {repairs.map((cure) => (
        <Button
          key={JSON.stringify(cure)}
          onClick={() => repair(cure)}
          className="h-7 max-w-full gap-1 px-1.5 whitespace-normal"
        >
          <Wrench size={12} aria-hidden className="shrink-0 text-accent" />
          {repairText(cure)}
        </Button>
      ))}
    </div>
  );
}
