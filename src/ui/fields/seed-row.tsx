import { Dices } from "lucide-react";
import { useTranslation } from "react-i18next";
import { drawSeed, setValue } from "../../app/edits/experiment.ts";
import { formatNumber } from "../format.ts";
import { usePlayground } from "../playground.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import { NumberInput } from "../primitives/number-input.tsx";
import { FieldRow } from "./field-row.tsx";

const MAX = 2 ** 32 - 1;

/** Which random numbers are drawn: for the data, the first weights, the order of the samples. */
export function SeedRow({ value }: { readonly value: number }) {
  const { t } = useTranslation("inspector");
  const { experiments } = usePlayground();
  const set = (seed: number) => experiments.edit((experiment) => setValue(experiment, "seed", seed));
  return (
    <FieldRow
      label={t("seed")}
      help={t("seedHelp")}
      control={(describedBy) => (
        <div className="flex items-start gap-1">
          <NumberInput
            label={t("seed")}
            describedBy={describedBy}
            value={value}
            min={0}
            max={MAX}
            isWhole
            onChange={set}
            className="min-w-0 flex-1"
            wanted={t("field.wantedWhole", { min: "0", max: formatNumber(MAX) })}
          />
          <IconButton label={t("newSeed")} onClick={() => set(drawSeed(value))} className="size-7">
            <Dices size={15} aria-hidden />
          </IconButton>
        </div>
      )}
    />
  );
}
