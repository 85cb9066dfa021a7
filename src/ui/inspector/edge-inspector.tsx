import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { edgeId } from "../../app/edits/edges.ts";
import { INPUT_LAYER } from "../../app/edits/model.ts";
import type { EdgeSpec } from "../../app/engine-types.ts";
import { formatNumber } from "../format.ts";
import { useCatalogue, useRun } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";
import { Select } from "../primitives/select.tsx";
import { Fact, Facts } from "./facts.tsx";
import { Refusal } from "./refusal.tsx";
import { shapeText } from "./shape-text.ts";
import { useSelectionEdits } from "./use-selection-edits.ts";

/** What flows from one layer to the next, and a layer to put between. */
export function EdgeInspector({ edge }: { readonly edge: EdgeSpec }) {
  const { t } = useTranslation("inspector");
  const { edits, settle, refusal } = useSelectionEdits();
  const shape = useRun(({ draft }) => draft?.nodes.get(edge.from)?.shape);
  const layers = useCatalogue()?.layers.filter(({ kind }) => kind !== INPUT_LAYER) ?? [];
  const [kind, setKind] = useState("Dense");
  const layer = layers.find((candidate) => candidate.kind === kind);
  return (
    <>
      <h2 className="text-sm font-semibold break-words">
        {edge.from} → {edge.to}
      </h2>
      <p className="text-muted">{t("edgeHelp")}</p>
      <Facts>
        <Fact name={t("shape")} value={shape && shapeText(shape)} />
        <Fact name={t("numbers")} value={shape && formatNumber(shape.reduce((size, side) => size * side, 1))} />
      </Facts>
      <div className="flex items-center gap-1.5 border-t border-line pt-3">
        <Select
          label={t("layerToInsert")}
          value={kind}
          options={layers.map((option) => ({ value: option.kind, label: option.kind }))}
          onChange={setKind}
          className="min-w-0 flex-1"
        />
        <Button onClick={() => layer && settle(edits.insert(layer, edge))}>
          <Plus size={14} aria-hidden />
          {t("insertHere")}
        </Button>
      </div>
      <Refusal text={refusal} />
      <Button className="hover:text-bad" onClick={() => settle(edits.remove([edgeId(edge)]))}>
        <Trash2 size={14} aria-hidden />
        {t("disconnect")}
      </Button>
    </>
  );
}
