import { useTranslation } from "react-i18next";
import { setValue } from "../../app/edits/experiment.ts";
import type { Experiment } from "../../app/engine-types.ts";
import { BatchSizeRow } from "../fields/batch-size-row.tsx";
import { FieldRow } from "../fields/field-row.tsx";
import { OptionalControl } from "../fields/optional-control.tsx";
import { Section } from "../fields/section.tsx";
import { SeedRow } from "../fields/seed-row.tsx";
import { usePlayground } from "../playground.tsx";
import { Toggle } from "../primitives/toggle.tsx";

const START_VALIDATING = 100;
const MAX_STEPS = 1e9;

/** How the samples come: so many at once, in which order, and how often the model is validated. */
export function BatchSection({ experiment }: { readonly experiment: Experiment }) {
  const { t } = useTranslation("training");
  const { experiments } = usePlayground();
  const { batchSize, shuffle, validateEvery, seed } = experiment;
  const setShuffle = (value: boolean) => experiments.edit((present) => setValue(present, "shuffle", value));
  const setValidateEvery = (value: number | null) =>
    experiments.edit((present) => setValue(present, "validateEvery", value), "validateEvery");
  return (
    <Section title={t("batches")}>
      <BatchSizeRow value={batchSize} />
      <FieldRow
        label={t("shuffle")}
        help={t("shuffleHelp")}
        onReset={shuffle ? undefined : () => setShuffle(true)}
        defaultText={t("on")}
        control={(describedBy) => (
          <Toggle label={t("shuffle")} describedBy={describedBy} value={shuffle} onChange={setShuffle} />
        )}
      />
      <FieldRow
        label={t("validateEvery")}
        help={t("validateEveryHelp")}
        onReset={validateEvery === null ? undefined : () => setValidateEvery(null)}
        defaultText={t("byItself")}
        control={(describedBy) => (
          <OptionalControl
            label={t("validateEvery")}
            describedBy={describedBy}
            limits={{ min: 1, max: MAX_STEPS }}
            isWhole
            value={validateEvery}
            start={START_VALIDATING}
            onChange={setValidateEvery}
            wanted={t("wantedSteps")}
          />
        )}
      />
      <SeedRow value={seed} />
    </Section>
  );
}
