import { useTranslation } from "react-i18next";
import { setLoss, setLossField, setMetric } from "../../app/edits/experiment.ts";
import { fits, kindOfTarget } from "../../app/edits/fit-target.ts";
import type { Catalogue, Experiment } from "../../app/engine-types.ts";
import { FieldList } from "../fields/field-list.tsx";
import { Section } from "../fields/section.tsx";
import { useText } from "../i18n.ts";
import { usePlayground, useRun } from "../playground.tsx";
import { KindSelect } from "./kind-select.tsx";

interface LossSectionProps {
  readonly catalogue: Catalogue;
  readonly experiment: Experiment;
}

/** What training makes small, and what is measured beside it: those that fit the data, and those that are chosen. */
export function LossSection({ catalogue, experiment }: LossSectionProps) {
  const { t } = useTranslation("training");
  const text = useText();
  const { experiments } = usePlayground();
  const target = useRun(({ draft }) => draft && kindOfTarget(draft.data.target));
  const { loss, metrics } = experiment;
  const losses = catalogue.losses.filter(
    ({ kind, of }) => target === undefined || fits(of, target) || kind === loss.kind,
  );
  const measurable = catalogue.metrics.filter(
    ({ kind, of }) => target === undefined || fits(of, target) || metrics.includes(kind),
  );
  const fields = losses.find(({ kind }) => kind === loss.kind)?.fields ?? {};
  return (
    <Section title={t("loss")}>
      <KindSelect
        label={t("loss")}
        entries={losses}
        value={loss.kind}
        onChange={(next) => experiments.edit((present) => setLoss(present, next))}
      />
      <FieldList
        fields={fields}
        values={loss}
        onChange={(field, value) => experiments.edit((present) => setLossField(present, field, value), `loss.${field}`)}
      />
      <fieldset>
        <legend className="pt-1 pb-0.5 text-muted">{t("metrics")}</legend>
        {measurable.map(({ kind, label, help }) => (
          <label key={kind} title={text(help)} className="flex min-h-6.5 items-center gap-2 pointer-coarse:min-h-9">
            <input
              type="checkbox"
              checked={metrics.includes(kind)}
              aria-description={text(help)}
              onChange={(event) =>
                experiments.edit((present) => setMetric(present, kind, event.target.checked, catalogue))
              }
              className="size-4 shrink-0 accent-accent"
            />
            {text(label)}
          </label>
        ))}
      </fieldset>
    </Section>
  );
}
