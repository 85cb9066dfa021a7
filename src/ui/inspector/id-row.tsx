import { useTranslation } from "react-i18next";
import { idFault, renameNode } from "../../app/edits/nodes.ts";
import { FieldRow } from "../fields/field-row.tsx";
import { TextInput } from "../fields/text-input.tsx";
import { usePlayground } from "../playground.tsx";

/** What a node is called in the file, in errors and in exports. */
export function IdRow({ id }: { readonly id: string }) {
  const { t } = useTranslation("inspector");
  const { experiments } = usePlayground();
  const rename = (newId: string) => {
    const { experiment } = experiments.getState();
    const fault = experiment && idFault(experiment, id, newId);
    if (fault !== undefined) return t(fault === "taken" ? "idTaken" : "idMalformed", { id: newId });
    experiments.edit((present) => renameNode(present, id, newId));
    experiments.select([newId]);
    return undefined;
  };
  return (
    <FieldRow
      label={t("id")}
      help={t("idHelp")}
      control={(describedBy) => (
        <TextInput label={t("id")} describedBy={describedBy} text={id} maxLength={64} isMono onTake={rename} />
      )}
    />
  );
}
