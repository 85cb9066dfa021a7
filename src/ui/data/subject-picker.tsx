import { useTranslation } from "react-i18next";
import { FieldRow } from "../fields/field-row.tsx";
import { formatNumber } from "../format.ts";
import { NumberInput } from "../primitives/number-input.tsx";

interface SubjectPickerProps {
  readonly total: number;
  readonly subject: number | undefined;
  readonly onPick: (place: number) => void;
}

/** The number of the sample that cards and views show; people count from 1. */
export function SubjectPicker({ total, subject, onPick }: SubjectPickerProps) {
  const { t } = useTranslation("data");
  return (
    <FieldRow
      label={t("subject")}
      help={t("subjectHelp")}
      control={(describedBy) => (
        <NumberInput
          label={t("subject")}
          describedBy={describedBy}
          value={(subject ?? 0) + 1}
          min={1}
          max={total}
          isWhole
          onChange={(number) => onPick(number - 1)}
          wanted={t("subjectWanted", { total: formatNumber(total) })}
        />
      )}
    />
  );
}
