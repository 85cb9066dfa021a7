interface ToggleProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  /** The id of a text that explains it. */
  readonly describedBy?: string;
}

/** On or off: the browser's own checkbox, drawn as a switch. */
export function Toggle({ label, value, onChange, describedBy }: ToggleProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      aria-label={label}
      aria-describedby={describedBy}
      aria-checked={value}
      checked={value}
      onChange={(event) => onChange(event.target.checked)}
      className="relative block h-5 w-9 cursor-pointer appearance-none rounded-full bg-line-strong transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-4 before:rounded-full before:bg-panel before:transition-transform after:absolute after:inset-x-0 after:-inset-y-0.5 checked:bg-accent checked:before:translate-x-4 pointer-coarse:after:-inset-y-2"
    />
  );
}
