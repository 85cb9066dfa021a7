import { ChevronDown } from "lucide-react";
import { classNames } from "./class-names.ts";

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly className?: string;
  readonly disabled?: boolean;
  /** The id of a text that explains it. */
  readonly describedBy?: string;
}

/** One of many, from the browser's own list, which is at home on every device and costs no download. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  className,
  disabled,
  describedBy,
}: SelectProps<T>) {
  return (
    <span className={classNames("relative block", className)}>
      <select
        aria-label={label}
        aria-describedby={describedBy}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value as T)}
        className="h-7 w-full cursor-pointer appearance-none truncate rounded-md border border-line bg-bg pr-6 pl-2 hover:border-line-strong disabled:opacity-50 pointer-coarse:h-9"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-1.5 -translate-y-1/2 text-faint"
      />
    </span>
  );
}
