import { useTranslation } from "react-i18next";
import { setSchedule, setScheduleField } from "../../app/edits/experiment.ts";
import type { Catalogue, Experiment } from "../../app/engine-types.ts";
import { FieldList } from "../fields/field-list.tsx";
import { Section } from "../fields/section.tsx";
import { usePlayground } from "../playground.tsx";
import { KindSelect } from "./kind-select.tsx";
import { RateCurve } from "./rate-curve.tsx";

interface ScheduleSectionProps {
  readonly catalogue: Catalogue;
  readonly experiment: Experiment;
}

/** How the learning rate goes with the steps, drawn over the whole run. */
export function ScheduleSection({ catalogue, experiment }: ScheduleSectionProps) {
  const { t } = useTranslation("training");
  const { experiments } = usePlayground();
  const { schedule, optimizer } = experiment;
  const { schedules, scheduleFields } = catalogue;
  const fields = { ...schedules.find(({ kind }) => kind === schedule.kind)?.fields, ...scheduleFields };
  return (
    <Section title={t("schedule")}>
      <KindSelect
        label={t("schedule")}
        entries={schedules}
        value={schedule.kind}
        onChange={(next) => experiments.edit((present) => setSchedule(present, next, catalogue))}
      />
      <RateCurve schedule={schedule} learningRate={optimizer.learningRate} />
      <FieldList
        fields={fields}
        values={schedule}
        onChange={(field, value) =>
          experiments.edit((present) => setScheduleField(present, field, value), `schedule.${field}`)
        }
      />
    </Section>
  );
}
