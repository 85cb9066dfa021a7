import { Copy, Group, Snowflake, Sun, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { nodeOf } from "../../app/edits/model.ts";
import { setFrozen } from "../../app/edits/nodes.ts";
import { useExperiment, usePlayground } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";
import { Refusal } from "./refusal.tsx";
import { useSelectionEdits } from "./use-selection-edits.ts";

/** What can be done with one node, or several at once. */
export function Actions({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation("inspector");
  const { experiments } = usePlayground();
  const { edits, settle, refusal } = useSelectionEdits();
  const isFrozen = useExperiment(
    ({ experiment }) => experiment !== undefined && ids.every((id) => nodeOf(experiment, id)?.frozen === true),
  );
  const freeze = () =>
    experiments.edit((experiment) => ids.reduce((changed, id) => setFrozen(changed, id, !isFrozen), experiment));
  return (
    <div className="flex flex-wrap gap-1.5 border-t border-line pt-3">
      {ids.length > 1 && (
        <>
          <Button onClick={() => settle(edits.group(ids))}>
            <Group size={14} aria-hidden />
            {t("group")}
          </Button>
          <Button onClick={freeze}>
            {isFrozen ? <Sun size={14} aria-hidden /> : <Snowflake size={14} aria-hidden />}
            {isFrozen ? t("thawAll") : t("freezeAll")}
          </Button>
        </>
      )}
      <Button onClick={() => settle(edits.duplicate(ids))}>
        <Copy size={14} aria-hidden />
        {t("duplicate")}
      </Button>
      <Button onClick={() => settle(edits.remove(ids))} className="hover:text-bad">
        <Trash2 size={14} aria-hidden />
        {t("delete")}
      </Button>
      <Refusal text={refusal} />
    </div>
  );
}
