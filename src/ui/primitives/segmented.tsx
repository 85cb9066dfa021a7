import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { classNames } from "./class-names.ts";

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly className?: string;
  readonly disabled?: boolean;
  /** The id of a text that explains it. */
  readonly describedBy?: string;
}

/** One of a few, all in sight. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  className,
  disabled,
  describedBy,
}: SegmentedProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      aria-describedby={describedBy}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      disabled={disabled ?? false}
      className={classNames("flex rounded-lg bg-sunken p-0.5", className)}
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          aria-label={option.label}
          className="grid min-h-6 flex-1 cursor-pointer place-items-center rounded-md px-2 text-muted data-checked:bg-panel data-checked:font-medium data-checked:text-text data-checked:shadow-card pointer-coarse:min-h-8"
        >
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
