import { useRun } from "../playground.tsx";
import { useSubject } from "../use-subject.ts";
import { useSamples } from "./use-samples.ts";

/** The values of the first input column of the sample that is looked at; undefined until they have come. */
export function useSubjectValues(): ArrayLike<number> | undefined {
  const subject = useSubject();
  const { name } = useRun(({ opened }) => ({ name: opened?.data.inputs[0]?.name }));
  const isPlace = typeof subject === "number";
  const samples = useSamples("validation", isPlace ? subject : 0, isPlace ? 1 : 0);
  if (!isPlace) return subject;
  return name === undefined ? undefined : samples?.columns.get(name);
}
