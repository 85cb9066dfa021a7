import { useState } from "react";
import type { Draft, Experiment } from "../../app/engine-types.ts";

/** Whether the draft is of this data source: another one takes a while to be made or read. */
export function useIsDrafted(data: Experiment["data"] | undefined, draft: Draft | undefined): boolean {
  const [before, setBefore] = useState<{ kind: string | undefined; draft: Draft | undefined }>({
    kind: data?.kind,
    draft: undefined,
  });
  if (before.kind !== data?.kind) setBefore({ kind: data?.kind, draft });
  return draft !== undefined && draft !== before.draft;
}
