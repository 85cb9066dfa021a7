import { useCallback, useEffect, useId, useState } from "react";
import { classNames } from "./class-names.ts";
import { isComposing } from "./is-composing.ts";
import { nudged } from "./nudged-number.ts";

interface NumberInputProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Whole numbers only. */
  readonly isWhole?: boolean;
  readonly onChange: (value: number) => void;
  readonly className?: string;
  /** The id of a text that explains it. */
  readonly describedBy?: string;
  /** What to say when a text is no number within the limits. */
  readonly wanted: string;
}

/** A number as text: taken over at Enter or when it is left; arrows change it. Says what is wrong instead of taking it. */
export function NumberInput({
  label,
  value,
  min,
  max,
  isWhole = false,
  onChange,
  className,
  describedBy,
  wanted,
}: NumberInputProps) {
  const [text, setText] = useState(String(value));
  const [isWrong, setIsWrong] = useState(false);
  const messageId = useId();
  const show = useCallback((shown: number) => {
    setText(String(shown));
    setIsWrong(false);
  }, []);
  useEffect(() => show(value), [show, value]);

  const take = (next: number) => {
    const isFine = Number.isFinite(next) && next >= min && next <= max && (!isWhole || Number.isInteger(next));
    setIsWrong(!isFine);
    if (isFine && next !== value) onChange(next);
    return isFine;
  };
  const commit = () => {
    const next = Number(text.replace("−", "-"));
    // An empty text is no change of mind.
    if (text.trim() === "") show(value);
    else if (take(next)) show(next);
  };
  const nudge = (direction: 1 | -1) => {
    const next = nudged(value, direction, { min, max, isWhole });
    if (take(next)) show(next);
  };

  return (
    <span className={classNames("relative block", className)}>
      <input
        type="text"
        inputMode={isWhole ? "numeric" : "decimal"}
        aria-label={label}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? messageId : describedBy}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === "Enter") commit();
          if (event.key === "Escape") show(value);
          if (event.key === "ArrowUp" || event.key === "ArrowDown") {
            event.preventDefault();
            nudge(event.key === "ArrowUp" ? 1 : -1);
          }
        }}
        className="h-7 w-full rounded-md border border-line bg-bg px-2 hover:border-line-strong aria-invalid:border-bad pointer-coarse:h-9"
      />
      {isWrong && (
        <span id={messageId} role="alert" className="mt-0.5 block text-xs wrap-anywhere text-bad">
          {wanted}
        </span>
      )}
    </span>
  );
}
