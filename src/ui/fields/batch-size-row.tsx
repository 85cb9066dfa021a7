import { useTranslation } from "react-i18next";
import { setValue } from "../../app/edits/experiment.ts";
import { usePlayground } from "../playground.tsx";
import { NumberInput } from "../primitives/number-input.tsx";
import { FieldRow } from "./field-row.tsx";

const DEFAULT = 64;
const MAX = 65_536;

/** How many samples a step learns from. */
export function BatchSizeRow({ value }: { readonly value: number }) {
  const { t } = useTranslation("inspector");
  const { experiments } = usePlayground();
  const set = (size: number) => experiments.edit((experiment) => setValue(experiment, "batchSize", size), "batchSize");
  return (
    <FieldRow
      label={t("batchSize")}
      help={t("batchSizeHelp")}
      onReset={value === DEFAULT ? undefined : () => set(DEFAULT)}
      defaultText={String(DEFAULT)}
      control={(describedBy) => (
        <NumberInput
          label={t("batchSize")}
          describedBy={describedBy}
          value={value}
          min={1}
          max={MAX}
          isWhole
          onChange={set}
          wanted={t("field.wantedWhole", { min: "1", max: "65,536" })}
        />
      )}
    />
  );
}
