import { Slider as Base } from "@base-ui/react/slider";

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  readonly disabled?: boolean;
  /** The id of a text that explains it. */
  readonly describedBy?: string;
  /** The value in words, where the number itself says little. */
  readonly valueText?: string;
}

export function Slider({ label, value, min, max, step, onChange, disabled, describedBy, valueText }: SliderProps) {
  return (
    <Base.Root
      value={value}
      min={min}
      max={max}
      step={step}
      onValueChange={(next) => onChange(Array.isArray(next) ? next[0] : next)}
      disabled={disabled ?? false}
    >
      <Base.Control className="flex h-6 w-full touch-none items-center pointer-coarse:h-9">
        <Base.Track className="h-1 w-full rounded-full bg-line">
          <Base.Indicator className="rounded-full bg-accent" />
          <Base.Thumb
            aria-label={label}
            aria-describedby={describedBy}
            getAriaValueText={valueText === undefined ? null : () => valueText}
            className="size-3.5 rounded-full border-2 border-accent bg-panel focus-visible:outline-2 focus-visible:outline-accent"
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
