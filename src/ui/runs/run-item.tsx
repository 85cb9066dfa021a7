import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunRecord } from "../../app/run-record.ts";
import { usePlayground } from "../playground.tsx";
import { RunDetails } from "./run-details.tsx";
import { RunNameInput } from "./run-name-input.tsx";
import { RunValue } from "./run-value.tsx";
import { useDifferenceText } from "./use-difference-text.ts";
import { useRefocus } from "./use-refocus.ts";
import { useRunName } from "./use-run-name.ts";

interface RunItemProps {
  readonly run: RunRecord;
  readonly isPresent: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** A run in two lines; a click shows more of it. */
export function RunItem({ run, isPresent, isOpen, onToggle }: RunItemProps) {
  const { t } = useTranslation("runs");
  const { runs } = usePlayground();
  const name = useRunName()(run);
  const difference = useDifferenceText()(run);
  const [isRenaming, setIsRenaming] = useState(false);
  const row = useRef<HTMLButtonElement>(null);
  useRefocus(row, isRenaming);
  const isShown = run.slot !== undefined;
  return (
    <li className={`rounded-lg ${isPresent || isOpen ? "bg-sunken" : "hover:bg-sunken/60"}`}>
      <div className="flex items-center">
        <button
          type="button"
          aria-pressed={isShown}
          aria-label={t("show", { run: name })}
          title={t("show", { run: name })}
          disabled={isPresent}
          onClick={() => runs.show(run.id, !isShown)}
          className="grid size-8 shrink-0 place-items-center rounded-lg pointer-coarse:size-11"
        >
          <span
            className="block h-[3px] w-3 rounded-full"
            style={{ background: isShown ? `var(--run-${run.slot})` : "var(--line-strong)" }}
          />
        </button>
        {isRenaming ? (
          <RunNameInput
            value={name}
            onEnd={(next) => {
              setIsRenaming(false);
              if (next !== undefined && next !== name) runs.rename(run.id, next);
            }}
          />
        ) : (
          <button
            ref={row}
            type="button"
            aria-expanded={isOpen}
            onClick={onToggle}
            onDoubleClick={() => setIsRenaming(true)}
            onKeyDown={(event) => event.key === "F2" && setIsRenaming(true)}
            className="flex min-w-0 flex-1 items-center gap-2 rounded-lg py-1 pr-2 text-left outline-offset-[-2px]"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate leading-snug">{name}</span>
              <span className={`block text-xs text-muted ${isOpen ? "" : "truncate"}`} title={difference}>
                {difference}
              </span>
            </span>
            <RunValue run={run} isPresent={isPresent} />
          </button>
        )}
      </div>
      {isOpen && <RunDetails run={run} isPresent={isPresent} onRename={() => setIsRenaming(true)} />}
    </li>
  );
}
