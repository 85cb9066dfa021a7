import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "title"> {
  /** Its accessible name, which the tooltip shows too. */
  readonly label: string;
  /** The key that does the same, for the tooltip. */
  readonly shortcut?: string;
  readonly children: ReactNode;
}

/** A button that is an icon, with its name as a tooltip. */
export function IconButton({ label, shortcut, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      className={classNames(
        "inline-grid [:where(&)]:size-8 shrink-0 place-items-center rounded-lg text-muted hover:bg-sunken hover:text-text disabled:opacity-40 aria-pressed:bg-accent-soft aria-pressed:text-accent pointer-coarse:size-10",
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}
