import { useId } from "react";
import { useTranslation } from "react-i18next";
import { sceneOf } from "./scenes.tsx";

interface PresetCardProps {
  readonly name: string;
  readonly title: string;
  readonly sentence: string;
  readonly next: string | undefined;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
}

/** A preset with its picture; all of it opens it. */
export function PresetCard({ name, title, sentence, next, isCurrent, onOpen }: PresetCardProps) {
  const { t } = useTranslation("gallery");
  const sentenceId = useId();
  const { task, data, network } = sceneOf(name);
  return (
    <li className="flex">
      <button
        type="button"
        aria-label={t("open", { title })}
        aria-describedby={sentenceId}
        aria-current={isCurrent || undefined}
        onClick={onOpen}
        className="group flex w-full flex-col overflow-hidden rounded-xl border border-line bg-panel text-left hover:border-accent hover:shadow-card aria-[current=true]:border-accent"
      >
        <svg viewBox="0 0 240 112" aria-hidden="true" className="w-full border-b border-line bg-bg">
          <g transform="translate(12 12)">{data}</g>
          <g transform="translate(140 12)">{network}</g>
        </svg>
        <span className="flex flex-1 flex-col gap-1 px-3.5 py-2.5">
          <span className="flex items-baseline justify-between gap-2">
            <span className="font-semibold">{title}</span>
            <span className="shrink-0 text-xs text-muted">{isCurrent ? t("current") : t(`task.${task}`)}</span>
          </span>
          <span id={sentenceId} className="text-muted">
            {sentence}
          </span>
          {next && <span className="mt-auto pt-1 text-xs text-faint">{t("tryNextOf", { text: next })}</span>}
        </span>
      </button>
    </li>
  );
}
