import { useId } from "react";
import type { ChoiceProps } from "./choice-props.ts";
import { classNames } from "./class-names.ts";

/** One of a few, all in sight: the browser's own radio buttons, drawn as a row. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  className,
  describedBy,
}: ChoiceProps<T>) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-describedby={describedBy}
      className={classNames("flex rounded-lg bg-sunken p-0.5", className)}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="relative grid min-h-6 flex-1 cursor-pointer place-items-center rounded-md px-2 text-muted has-checked:bg-panel has-checked:font-medium has-checked:text-text has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:min-h-8"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-md outline-none"
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
