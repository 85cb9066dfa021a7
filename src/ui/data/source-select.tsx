import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SourceDescription } from "../../app/engine-types.ts";
import { useText } from "../i18n.ts";

interface SourceSelectProps {
  readonly sources: readonly SourceDescription[];
  readonly value: string;
  readonly onChange: (source: SourceDescription) => void;
}

/** Data sources by what is learned of them; those that read files of one's own come last in their group. */
export function SourceSelect({ sources, value, onChange }: SourceSelectProps) {
  const { t } = useTranslation("data");
  const text = useText();
  const tasks = [...new Set(sources.map(({ task }) => task))];
  return (
    <span className="relative block">
      <select
        aria-label={t("source")}
        value={value}
        onChange={(event) => {
          const chosen = sources.find(({ kind }) => kind === event.target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
        className="h-8 w-full cursor-pointer appearance-none truncate rounded-lg border border-line bg-bg pr-7 pl-2.5 font-medium hover:border-line-strong pointer-coarse:h-10"
      >
        {tasks.map((task) => (
          <optgroup key={task} label={t(`tasks.${task}`)}>
            {sources
              .filter((source) => source.task === task)
              .map(({ kind, label, files }) => (
                <option key={kind} value={kind}>
                  {files === undefined ? text(label) : t("fromFile", { label: text(label) })}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <ChevronDown
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-faint"
      />
    </span>
  );
}
