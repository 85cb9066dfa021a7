import { ChevronDown } from "lucide-react";
import type { ChoiceProps } from "./choice-props.ts";
import { classNames } from "./class-names.ts";

/** One of many, from the browser's own list, which is at home on every device and costs no download. */
export function Select<T extends string>({ label, value, options, onChange, className, describedBy }: ChoiceProps<T>) {
  return (
    <span className={classNames("relative block", className)}>
      <select
        aria-label={label}
        aria-describedby={describedBy}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
        className="h-7 w-full cursor-pointer appearance-none truncate rounded-md border border-line bg-bg pr-6 pl-2 hover:border-line-strong pointer-coarse:h-9"
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
