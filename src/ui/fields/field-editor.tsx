import { useTranslation } from "react-i18next";
import type { Field } from "../../app/engine-types.ts";
import { formatNumber } from "../format.ts";
import { useText } from "../i18n.ts";
import { Slider } from "../primitives/slider.tsx";
import { FieldControl } from "./field-control.tsx";
import { FieldRow } from "./field-row.tsx";
import { sliderScale } from "./slider-scale.ts";
import { valueText } from "./value-text.ts";

interface FieldEditorProps {
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** A number to begin with where "auto" or "off" is left. */
  readonly start?: number | undefined;
}

/** A field of a layer, an optimizer, a data source: drawn from its own description. */
export function FieldEditor({ field, value, onChange, start }: FieldEditorProps) {
  const { t } = useTranslation("inspector");
  const text = useText();
  const label = text(field.label);
  const help = field.kind === "auto" ? `${text(field.help)} ${t("field.auto")}: ${text(field.auto)}` : text(field.help);
  const isDefault = JSON.stringify(value) === JSON.stringify(field.default);
  return (
    <FieldRow
      label={label}
      help={help}
      isLive={field.kind === "number" && field.live === true}
      onReset={isDefault ? undefined : () => onChange(field.default)}
      defaultText={valueText(field, field.default, t, text)}
      control={(describedBy) => <FieldControl {...{ field, value, onChange, label, describedBy, start }} />}
      below={
        field.kind === "number"
          ? (describedBy) => {
              const scale = sliderScale(field, value as number);
              return (
                <Slider
                  label={label}
                  describedBy={describedBy}
                  value={scale.toPosition(value as number)}
                  min={0}
                  max={scale.last}
                  step={1}
                  valueText={formatNumber(value as number)}
                  onChange={(position) => onChange(scale.toValue(position))}
                />
              );
            }
          : undefined
      }
    />
  );
}
