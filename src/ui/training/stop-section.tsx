import { useTranslation } from "react-i18next";
import { setStop } from "../../app/edits/experiment.ts";
import type { Experiment } from "../../app/engine-types.ts";
import { FieldRow } from "../fields/field-row.tsx";
import { OptionalControl } from "../fields/optional-control.tsx";
import { Section } from "../fields/section.tsx";
import { formatNumber } from "../format.ts";
import { usePlayground } from "../playground.tsx";

type Condition = keyof Experiment["stop"];

/** What each may be, and what it begins with where it is switched on. */
const CONDITIONS: Record<
  Condition,
  { readonly min: number; readonly max: number; readonly isWhole: boolean; readonly start: number }
> = {
  steps: { min: 1, max: 1e9, isWhole: true, start: 1000 },
  epochs: { min: 0.001, max: 1e6, isWhole: false, start: 10 },
  loss: { min: 0, max: 1e30, isWhole: false, start: 0.1 },
  accuracy: { min: 0, max: 1, isWhole: false, start: 0.95 },
  patience: { min: 1, max: 1e9, isWhole: true, start: 5 },
};

/** When a run ends by itself: with the first of these that holds. */
export function StopSection({ stop }: { readonly stop: Experiment["stop"] }) {
  const { t } = useTranslation("training");
  const { experiments } = usePlayground();
  return (
    <Section title={t("stop")}>
      {(Object.keys(CONDITIONS) as Condition[]).map((condition) => {
        const { min, max, isWhole, start } = CONDITIONS[condition];
        const label = t(`stops.${condition}`);
        const limits = { min: formatNumber(min), max: formatNumber(max) };
        const set = (value: number | null) =>
          experiments.edit((experiment) => setStop(experiment, condition, value), `stop.${condition}`);
        return (
          <FieldRow
            key={condition}
            label={label}
            help={t(`stopHelp.${condition}`)}
            control={(describedBy) => (
              <OptionalControl
                {...{ label, describedBy, isWhole, start }}
                limits={{ min, max }}
                value={stop[condition]}
                onChange={set}
                wanted={isWhole ? t("wantedWhole", limits) : t("wantedNumber", limits)}
              />
            )}
          />
        );
      })}
    </Section>
  );
}
