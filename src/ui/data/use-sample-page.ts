import { useEffect, useState } from "react";
import { EngineError } from "../../app/engine.ts";
import type { DataDescription, Problem, SampleValues } from "../../app/engine-types.ts";
import { usePlayground, useRun } from "../playground.tsx";

export type Part = "training" | "validation";

/** Some samples of the data, and where they begin; those before stay until others have come. */
export interface SamplePage {
  readonly data: DataDescription;
  readonly part: Part;
  readonly from: number;
  readonly samples: SampleValues;
}

export function useSamplePage(part: Part, from: number, count: number): { page?: SamplePage; problem?: Problem } {
  const { engine } = usePlayground();
  const data = useRun(({ draft }) => draft?.data);
  const [state, setState] = useState<{ page?: SamplePage; problem?: Problem }>({});
  useEffect(() => {
    if (data === undefined) return;
    let isOld = false;
    engine.call("samples", { part, from, count, drafted: true }).then(
      (samples) => {
        if (!isOld) setState({ page: { data, part, from, samples } });
      },
      (error: unknown) => {
        if (!(error instanceof EngineError)) throw error;
        if (!isOld) setState({ problem: error.problem });
      },
    );
    return () => {
      isOld = true;
    };
  }, [engine, data, part, from, count]);
  return state;
}
