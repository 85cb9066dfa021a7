import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

interface ScrollAreaProps extends ComponentProps<"section"> {
  /** What is in it. */
  readonly label: string;
}

/** A place that scrolls what does not fit, by wheel, touch and keyboard. */
export function ScrollArea({ label, className, ...rest }: ScrollAreaProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard, to scroll it
      tabIndex={0}
      className={classNames("overflow-auto rounded outline-offset-[-2px]", className)}
      {...rest}
    />
  );
}
