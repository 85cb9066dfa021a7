import { useEffect, useId, useState } from "react";
import { classNames } from "../primitives/class-names.ts";
import { isComposing } from "../primitives/is-composing.ts";

interface TextInputProps {
  readonly label: string;
  /** The present value as text. */
  readonly text: string;
  /** Takes a text over; gives what to say of one that cannot be taken. */
  readonly onTake: (text: string) => string | undefined;
  readonly describedBy?: string;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly isMono?: boolean;
  readonly className?: string;
}

/** A line of text: taken over at Enter or when it is left, given up at Escape. Says what is wrong instead of taking it. */
export function TextInput({
  label,
  text,
  onTake,
  describedBy,
  maxLength,
  placeholder,
  isMono,
  className,
}: TextInputProps) {
  const [typed, setTyped] = useState(text);
  const [fault, setFault] = useState<string>();
  const messageId = useId();
  const restore = () => {
    setTyped(text);
    setFault(undefined);
  };
  useEffect(restore, [text]);

  const commit = () => {
    if (typed === text) return setFault(undefined);
    const found = onTake(typed);
    setFault(found);
    // What was typed may be another way to write the same value.
    if (found === undefined) setTyped(text);
  };

  return (
    <span className={classNames("block", className)}>
      <input
        type="text"
        aria-label={label}
        aria-invalid={fault !== undefined}
        aria-describedby={fault !== undefined ? messageId : describedBy}
        value={typed}
        maxLength={maxLength}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === "Enter") commit();
          if (event.key === "Escape") restore();
        }}
        className={classNames(
          "h-7 w-full rounded-md border border-line bg-bg px-2 placeholder:text-faint hover:border-line-strong aria-invalid:border-bad pointer-coarse:h-9",
          isMono && "font-mono text-xs",
        )}
      />
      {fault !== undefined && (
        <span id={messageId} role="alert" className="mt-0.5 block text-xs text-bad">
          {fault}
        </span>
      )}
    </span>
  );
}
