interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** The id of a text that explains it. */
  readonly describedBy?: string;
  /** The value in words, where the number itself says little. */
  readonly valueText?: string;
}

/** The browser's own slider, which is at home on every device and costs no download. */
export function Slider({ label, value, min, max, step, onChange, describedBy, valueText }: SliderProps) {
  return (
    <input
      type="range"
      aria-label={label}
      aria-describedby={describedBy}
      aria-valuetext={valueText}
      value={value}
      min={min}
      max={max}
      step={step}
      onChange={(event) => onChange(event.target.valueAsNumber)}
      className="block h-6 w-full cursor-pointer accent-accent pointer-coarse:h-9"
    />
  );
}
