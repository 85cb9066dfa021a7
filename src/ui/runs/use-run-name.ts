import { nameOf } from "../../app/run-name.ts";
import type { RunRecord } from "../../app/run-record.ts";
import { useText } from "../i18n.ts";

/** What a run is called: as the visitor says, else its memorable name in the language of the screen. */
export function useRunName(): (run: Pick<RunRecord, "name" | "nameNumber">) => string {
  const text = useText();
  return ({ name, nameNumber }) => name ?? text(nameOf(nameNumber));
}
