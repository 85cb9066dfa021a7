import { Ungroup } from "lucide-react";
import { useTranslation } from "react-i18next";
import { renameGroup, setCollapsed } from "../../app/edits/groups.ts";
import { MAX_NAME } from "../../app/edits/valid-name.ts";
import type { GroupSpec } from "../../app/engine-types.ts";
import { FamilySquare } from "../fields/family-square.tsx";
import { FieldRow } from "../fields/field-row.tsx";
import { TextInput } from "../fields/text-input.tsx";
import { usePlayground } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";
import { Toggle } from "../primitives/toggle.tsx";
import { Actions } from "./actions.tsx";
import { SummedFacts } from "./selection-inspector.tsx";
import { useSelectionEdits } from "./use-selection-edits.ts";

/** A block of layers of one's own. */
export function GroupInspector({ group }: { readonly group: GroupSpec }) {
  const { t } = useTranslation("inspector");
  const { experiments } = usePlayground();
  const { edits, settle } = useSelectionEdits();
  const { id, name, nodes, collapsed } = group;
  const rename = (next: string) => {
    if (next.trim() === "") return t("nameWanted");
    experiments.edit((experiment) => renameGroup(experiment, id, next));
    return undefined;
  };
  return (
    <>
      <h2 className="flex items-center gap-2 text-sm font-semibold">
        <FamilySquare family="block" />
        {name}
      </h2>
      <div className="space-y-1">
        <FieldRow
          label={t("name")}
          help={t("groupNameHelp")}
          control={(describedBy) => (
            <TextInput label={t("name")} describedBy={describedBy} text={name} maxLength={MAX_NAME} onTake={rename} />
          )}
        />
        <FieldRow
          label={t("collapsed")}
          help={t("collapsedHelp")}
          control={(describedBy) => (
            <Toggle
              label={t("collapsed")}
              describedBy={describedBy}
              value={collapsed}
              onChange={(value) => experiments.edit((experiment) => setCollapsed(experiment, id, value))}
            />
          )}
        />
      </div>
      <SummedFacts ids={nodes} />
      <Button onClick={() => settle(edits.ungroup([id]))}>
        <Ungroup size={14} aria-hidden />
        {t("ungroup")}
      </Button>
      <Actions ids={[id]} />
    </>
  );
}
