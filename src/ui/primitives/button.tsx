import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

interface ButtonProps extends ComponentProps<"button"> {
  /** "primary": the one thing to do. "quiet": among others, without a border. */
  readonly look?: "primary" | "plain" | "quiet";
}

const LOOKS = {
  primary: "bg-accent text-on-accent font-semibold hover:brightness-110",
  plain: "border border-line bg-panel text-text hover:border-line-strong",
  quiet: "text-muted hover:bg-sunken hover:text-text",
};

export function Button({ look = "plain", className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classNames(
        "inline-flex h-8 items-center justify-center gap-2 rounded-lg px-3 whitespace-nowrap disabled:opacity-45 pointer-coarse:h-10",
        LOOKS[look],
        className,
      )}
      {...rest}
    />
  );
}
