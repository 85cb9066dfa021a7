import { Switch } from "@base-ui/react/switch";

interface ToggleProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly disabled?: boolean;
  /** The id of a text that explains it. */
  readonly describedBy?: string;
}

/** On or off. */
export function Toggle({ label, value, onChange, disabled, describedBy }: ToggleProps) {
  return (
    <Switch.Root
      aria-label={label}
      aria-describedby={describedBy}
      checked={value}
      onCheckedChange={onChange}
      disabled={disabled ?? false}
      className="flex h-5 w-9 rounded-full bg-line-strong p-0.5 data-checked:bg-accent data-disabled:opacity-50"
    >
      <Switch.Thumb className="size-4 rounded-full bg-panel transition-transform data-checked:translate-x-4" />
    </Switch.Root>
  );
}
