import { useTranslation } from "react-i18next";
import type { Field } from "../../app/engine-types.ts";
import { NumberInput } from "../primitives/number-input.tsx";
import { startOf } from "./start-of.ts";

interface AutoControlProps {
  readonly field: Extract<Field, { readonly kind: "auto" }>;
  readonly value: number | "auto";
  readonly onChange: (value: number | "auto") => void;
  readonly label: string;
  readonly describedBy: string;
  /** The number to begin with where "auto" is left. */
  readonly start: number | undefined;
  readonly wanted: string;
}

/** What the data asks for, or a number of one's own. */
export function AutoControl({ field, value, onChange, label, describedBy, start, wanted }: AutoControlProps) {
  const { t } = useTranslation("inspector");
  const isAuto = value === "auto";
  return (
    <div className="flex items-start gap-1">
      <button
        type="button"
        aria-pressed={isAuto}
        aria-label={`${label}: ${t("field.auto")}`}
        aria-describedby={describedBy}
        onClick={() => onChange(isAuto ? startOf(field, field.default, start) : "auto")}
        className="h-7 shrink-0 rounded-md border border-line px-2 text-muted hover:border-line-strong aria-pressed:border-transparent aria-pressed:bg-accent-soft aria-pressed:text-accent pointer-coarse:h-9"
      >
        {t("field.auto")}
      </button>
      {!isAuto && (
        <NumberInput
          {...{ label, describedBy, value, onChange, wanted }}
          min={field.min}
          max={field.max}
          isWhole
          className="min-w-0 flex-1"
        />
      )}
    </div>
  );
}
