import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { isComposing } from "../primitives/is-composing.ts";

interface RunNameInputProps {
  readonly value: string;
  /** Undefined: it stays as it was. */
  readonly onEnd: (name: string | undefined) => void;
}

/** A name as it is typed: Enter takes it, Escape does not. */
export function RunNameInput({ value, onEnd }: RunNameInputProps) {
  const { t } = useTranslation("runs");
  const hasEnded = useRef(false);
  const end = (name: string | undefined) => {
    if (hasEnded.current) return;
    hasEnded.current = true;
    onEnd(name);
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it appears where the focus was, because someone asked to type here
      autoFocus
      aria-label={t("name")}
      defaultValue={value}
      maxLength={60}
      onFocus={(event) => event.target.select()}
      onBlur={(event) => end(event.target.value)}
      onKeyDown={(event) => {
        if (isComposing(event) || (event.key !== "Enter" && event.key !== "Escape")) return;
        // Else the same key would press the button that gets the focus.
        event.preventDefault();
        end(event.key === "Enter" ? event.currentTarget.value : undefined);
      }}
      className="my-1.5 mr-2 h-7 min-w-0 flex-1 rounded-md border border-line bg-bg px-2 pointer-coarse:h-9"
    />
  );
}
