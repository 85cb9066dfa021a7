import { useStore } from "zustand";
import { outcomeOf } from "../../app/outcome.ts";
import type { RunRecord } from "../../app/run-record.ts";
import { useRedraws } from "../charts/use-redraws.ts";
import { formatNumber } from "../format.ts";
import { usePlayground } from "../playground.tsx";
import { useBetter } from "./use-better.ts";

/** How a run does, by the metric that the chart shows. */
export function RunValue({ run, isPresent }: { readonly run: RunRecord; readonly isPresent: boolean }) {
  return isPresent ? <LiveValue run={run} /> : <Value run={run} />;
}

/** While it trains, twice a second. */
function LiveValue({ run }: { readonly run: RunRecord }) {
  useRedraws(500);
  return <Value run={run} isBold />;
}

function Value({ run, isBold = false }: { readonly run: RunRecord; readonly isBold?: boolean }) {
  const { runs } = usePlayground();
  const metric = useStore(runs, (state) => state.metric);
  const outcome = outcomeOf(run.series, metric, useBetter()(metric));
  return <span className={isBold ? "font-semibold" : ""}>{outcome && formatNumber(outcome.last, 3)}</span>;
}
