import { useCatalogue } from "../playground.tsx";

/** Whether more of a metric is better. */
export function useBetter(): (metric: string) => "higher" | "lower" {
  const catalogue = useCatalogue();
  return (metric) => catalogue?.metrics.find(({ kind }) => kind === metric)?.better ?? "lower";
}
