import { Copy, Group, Snowflake, Sun, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { duplicateNodes } from "../../app/edits/clipboard.ts";
import { groupNodes } from "../../app/edits/groups.ts";
import { nodeOf } from "../../app/edits/model.ts";
import { removeNodes, setFrozen } from "../../app/edits/nodes.ts";
import { useExperiment, usePlayground } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";

/** What can be done with one node, or several at once. */
export function Actions({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation("inspector");
  const { experiments } = usePlayground();
  const isFrozen = useExperiment(
    ({ experiment }) => experiment !== undefined && ids.every((id) => nodeOf(experiment, id)?.frozen === true),
  );
  const duplicate = () => {
    const { experiment } = experiments.getState();
    if (experiment === undefined) return;
    const copy = duplicateNodes(experiment, ids);
    experiments.edit(() => copy.experiment);
    if (copy.ids.length > 0) experiments.select(copy.ids);
  };
  const group = () => {
    const { experiment } = experiments.getState();
    if (experiment === undefined) return;
    const grouped = groupNodes(experiment, ids, t("newGroup"));
    experiments.edit(() => grouped.experiment);
    if (grouped.experiment !== experiment) experiments.select([grouped.id]);
  };
  const remove = () => {
    experiments.edit((experiment) => removeNodes(experiment, ids));
    experiments.select([]);
  };
  const freeze = () =>
    experiments.edit((experiment) => ids.reduce((changed, id) => setFrozen(changed, id, !isFrozen), experiment));
  return (
    <div className="flex flex-wrap gap-1.5 border-t border-line pt-3">
      {ids.length > 1 && (
        <>
          <Button onClick={group}>
            <Group size={14} aria-hidden />
            {t("group")}
          </Button>
          <Button onClick={freeze}>
            {isFrozen ? <Sun size={14} aria-hidden /> : <Snowflake size={14} aria-hidden />}
            {isFrozen ? t("thawAll") : t("freezeAll")}
          </Button>
        </>
      )}
      <Button onClick={duplicate}>
        <Copy size={14} aria-hidden />
        {t("duplicate")}
      </Button>
      <Button onClick={remove} className="hover:text-bad">
        <Trash2 size={14} aria-hidden />
        {t("delete")}
      </Button>
    </div>
  );
}
