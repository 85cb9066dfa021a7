import { NumberInput } from "../primitives/number-input.tsx";
import { Toggle } from "../primitives/toggle.tsx";
import { startOf } from "./start-of.ts";

interface OptionalControlProps {
  readonly limits: { readonly min: number; readonly max: number };
  readonly isWhole?: boolean;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly label: string;
  readonly describedBy: string;
  /** The number to begin with where it is switched on. */
  readonly start: number | undefined;
  readonly wanted: string;
}

/** Off, or a number. */
export function OptionalControl({
  limits: { min, max },
  isWhole = false,
  value,
  onChange,
  label,
  describedBy,
  start,
  wanted,
}: OptionalControlProps) {
  return (
    <div className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-9">
      <Toggle
        {...{ label, describedBy }}
        value={value !== null}
        onChange={(isOn) => onChange(isOn ? startOf({ min, max }, undefined, start) : null)}
      />
      {value !== null && (
        <NumberInput
          {...{ label, describedBy, value, onChange, wanted, min, max, isWhole }}
          className="min-w-0 flex-1"
        />
      )}
    </div>
  );
}
