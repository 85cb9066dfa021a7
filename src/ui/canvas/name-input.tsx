import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { MAX_NAME } from "../../app/edits/valid-name.ts";
import { isComposing } from "../primitives/is-composing.ts";

interface NameInputProps {
  readonly label: string;
  readonly name: string;
  /** Why a name cannot be taken, in a sentence; undefined where it can. */
  readonly fault: (name: string) => string | undefined;
  readonly onTake: (name: string) => void;
  readonly onCancel: () => void;
}

/** A name as it is written, on the card itself: Enter takes it, Escape leaves it as it was. */
export function NameInput({ label, name, fault, onTake, onCancel }: NameInputProps) {
  const { t } = useTranslation("canvas");
  const [text, setText] = useState(name);
  const problem = fault(text);
  const isCancelled = useRef(false);
  const leave = () => {
    if (isCancelled.current || text === name || problem !== undefined) onCancel();
    else onTake(text);
  };
  return (
    <span className="nodrag nopan block min-w-0 flex-1">
      <input
        // biome-ignore lint/a11y/noAutofocus: it opens by a key or a click that asks for it
        autoFocus
        aria-label={label}
        aria-invalid={problem !== undefined}
        title={t("nameKeys")}
        value={text}
        maxLength={MAX_NAME}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (isComposing(event)) return;
          isCancelled.current = event.key === "Escape";
          const isDone = isCancelled.current || (event.key === "Enter" && problem === undefined);
          // The keyboard goes back to the card, which ends the writing.
          if (isDone) event.currentTarget.closest<HTMLElement>(".react-flow__node")?.focus();
        }}
        className="w-full rounded border border-line bg-panel px-1 font-mono text-xs aria-invalid:border-bad"
      />
      {problem !== undefined && (
        <span role="alert" className="block text-xs text-bad">
          {problem}
        </span>
      )}
    </span>
  );
}
