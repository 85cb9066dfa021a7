import { useMemo } from "react";
import { useRun } from "../playground.tsx";
import type { PlanePoints } from "./plane-plot.tsx";
import { useResults } from "./results-store.ts";
import { useSamples } from "./use-samples.ts";

/** Points of each part that are drawn, at most: more would hide the map. */
const MOST = 500;

/** Training points and, where they are wanted, validation points, coloured by their targets. */
export function usePlanePoints(colourOf: (target: number) => string): readonly PlanePoints[] {
  const hasValidationPoints = useResults((state) => state.hasValidationPoints);
  const training = useSamples("training", 0, MOST);
  const validation = useSamples("validation", 0, MOST);
  const { data } = useRun(({ opened }) => ({ data: opened?.data }));
  return useMemo(() => {
    const parts = [
      { samples: training, isHollow: false },
      { samples: hasValidationPoints ? validation : undefined, isHollow: true },
    ];
    return parts.flatMap(({ samples, isHollow }) => {
      const places = samples?.columns.get(data?.inputs[0]?.name ?? "");
      const targets = samples?.columns.get(data?.target.name ?? "");
      if (places === undefined || targets === undefined) return [];
      return [{ places, isHollow, colourOf: (k: number) => colourOf(targets[k] as number) }];
    });
  }, [training, validation, hasValidationPoints, data, colourOf]);
}
