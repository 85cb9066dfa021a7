import { useTranslation } from "react-i18next";
import type { Ground, Move, Obstacle } from "../../app/suggestions/suggestion.ts";
import { useExperiment, usePlayground } from "../playground.tsx";

interface MoveButtonProps {
  readonly words: string;
  readonly move: Move;
  readonly ground: Ground;
}

/** Words of a suggestion as a control: a click does what they say, another takes it back. */
export function MoveButton({ words, move, ground }: MoveButtonProps) {
  const { t } = useTranslation("gallery");
  const { experiments } = usePlayground();
  const experiment = useExperiment((state) => state.experiment);
  if (experiment === undefined) return words;
  const isDone = move.isDone(experiment, ground);
  const obstacle = move.obstacle(experiment, ground);
  const reason = (found: Obstacle) => (found.kind === "node" ? t("noNode", { id: found.id }) : t("otherData"));
  const isOff = !isDone && obstacle !== undefined;
  const title = isOff ? reason(obstacle) : isDone ? t("undo", { words }) : undefined;
  return (
    <button
      type="button"
      aria-pressed={isDone}
      // Not `disabled`: the reason has to be within reach of the keyboard too.
      aria-disabled={isOff}
      title={title}
      aria-description={isOff ? title : undefined}
      onClick={() => {
        if (isOff) return;
        experiments.edit((now) => (isDone ? move.revert : move.apply)(now, ground));
      }}
      className="rounded-sm text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent aria-disabled:cursor-not-allowed aria-disabled:text-muted aria-disabled:line-through aria-pressed:bg-accent-soft aria-pressed:px-1 aria-pressed:font-medium aria-pressed:no-underline"
    >
      {isDone && <span aria-hidden>✓ </span>}
      {words}
    </button>
  );
}
