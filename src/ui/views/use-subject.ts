import { useStore } from "zustand";
import type { Subject } from "../../app/views.ts";
import { usePlayground, useRun } from "../playground.tsx";
import { useSamples } from "./use-samples.ts";

/** The sample that all views of one sample show. */
export function useSubject(): Subject {
  return useStore(usePlayground().subject, ({ subject }) => subject);
}

/** The values of its first input column; undefined until they have come. */
export function useSubjectValues(): ArrayLike<number> | undefined {
  const subject = useSubject();
  const { name } = useRun(({ opened }) => ({ name: opened?.data.inputs[0]?.name }));
  const isPlace = typeof subject === "number";
  const samples = useSamples("validation", isPlace ? subject : 0, isPlace ? 1 : 0);
  if (!isPlace) return subject;
  return name === undefined ? undefined : samples?.columns.get(name);
}
