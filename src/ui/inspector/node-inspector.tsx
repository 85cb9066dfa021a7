import { useTranslation } from "react-i18next";
import { setField, setFrozen } from "../../app/edits/nodes.ts";
import type { NodeSpec } from "../../app/engine-types.ts";
import { FamilySquare } from "../fields/family-square.tsx";
import { FieldList } from "../fields/field-list.tsx";
import { FieldRow } from "../fields/field-row.tsx";
import { ProblemNote } from "../fields/problem-note.tsx";
import { formatNumber, formatQuantity } from "../format.ts";
import { useText } from "../i18n.ts";
import { useCatalogue, usePlayground, useRun } from "../playground.tsx";
import { Segmented } from "../primitives/segmented.tsx";
import { Actions } from "./actions.tsx";
import { Fact, Facts } from "./facts.tsx";
import { IdRow } from "./id-row.tsx";
import { NodeHistograms } from "./node-histograms.tsx";
import { shapeText } from "./shape-text.ts";

/** One layer: what it does, its fields, what it makes of its input, and how its numbers are spread. */
export function NodeInspector({ node }: { readonly node: NodeSpec }) {
  const { t } = useTranslation("inspector");
  const text = useText();
  const { experiments } = usePlayground();
  const catalogue = useCatalogue();
  const description = useRun(({ draft }) => draft?.nodes.get(node.id));
  const problem = useRun(({ draft }) => draft?.problems.get(node.id));
  const layer = catalogue?.layers.find(({ kind }) => kind === node.layer);
  if (layer === undefined) return null;
  const { id } = node;
  const channels = description?.shape.at(-1);
  return (
    <>
      <header>
        <h2 className="flex items-center gap-2 text-sm font-semibold">
          <FamilySquare family={layer.family} />
          {node.layer}
        </h2>
        <p className="mt-1 text-muted">{text(layer.help)}</p>
      </header>
      {problem !== undefined && <ProblemNote problem={problem} node={id} />}
      <div className="space-y-1">
        <IdRow id={id} />
        <FieldList
          fields={layer.fields}
          values={node}
          starts={{ units: channels, filters: channels }}
          onChange={(field, value) =>
            experiments.edit((experiment) => setField(experiment, id, field, value), `${id}.${field}`)
          }
        />
        {(description?.parameters ?? 0) > 0 && (
          <FieldRow
            label={t("trains")}
            help={t("trainsHelp")}
            control={(describedBy) => (
              <Segmented
                label={t("trains")}
                describedBy={describedBy}
                value={node.frozen ? "frozen" : "yes"}
                options={[
                  { value: "yes", label: t("yes") },
                  { value: "frozen", label: t("frozen") },
                ]}
                onChange={(value) => experiments.edit((experiment) => setFrozen(experiment, id, value === "frozen"))}
              />
            )}
          />
        )}
      </div>
      {description !== undefined && (
        <Facts>
          <Fact name={t("output")} value={shapeText(description.shape)} />
          <Fact name={t("parameters")} value={formatNumber(description.parameters)} />
          <Fact name={t("flops")} value={`${formatQuantity(description.flops)}FLOP`} />
        </Facts>
      )}
      <NodeHistograms node={id} family={layer.family} />
      <Actions ids={[id]} />
    </>
  );
}
