import { useEffect, useState } from "react";
import type { SampleValues } from "../../app/engine-types.ts";
import { usePlayground, useRun } from "../playground.tsx";

/** Some samples of the open data; undefined until they have come. */
export function useSamples(part: "training" | "validation", from: number, count: number): SampleValues | undefined {
  const { engine } = usePlayground();
  const { data } = useRun(({ opened }) => ({ data: opened?.data }));
  const [samples, setSamples] = useState<SampleValues>();
  useEffect(() => {
    if (data === undefined || count === 0) return;
    let isWanted = true;
    engine.call("samples", { part, from, count }).then(
      (values) => isWanted && setSamples(values),
      // Refused where other data is just being opened: they are asked for again as soon as that is there.
      () => isWanted && setSamples(undefined),
    );
    return () => {
      isWanted = false;
    };
  }, [engine, data, part, from, count]);
  return samples;
}
