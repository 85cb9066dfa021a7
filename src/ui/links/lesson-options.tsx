import { useId } from "react";
import { useTranslation } from "react-i18next";
import { HIDEABLE, type Hideable } from "../../app/lesson-store.ts";
import type { LinkLesson } from "../../app/link/encode-link.ts";
import { MAX_NOTE } from "../../app/link/limits.ts";
import { formatNumber } from "../format.ts";

interface LessonOptionsProps {
  readonly lesson: LinkLesson;
  readonly onChange: (lesson: LinkLesson) => void;
}

/** What a teacher adds: a note, what is hidden, whether it trains at once. */
export function LessonOptions({ lesson, onChange }: LessonOptionsProps) {
  const { t } = useTranslation("links");
  const noteId = useId();
  const countId = useId();
  const { hidden, note = "", runs } = lesson;
  const count = [...note].length;
  const hide = (part: Hideable, isHidden: boolean) =>
    onChange({ ...lesson, hidden: HIDEABLE.filter((one) => (one === part ? isHidden : hidden.includes(one))) });
  return (
    <div className="space-y-3">
      <div>
        <div className="flex items-baseline justify-between">
          <label htmlFor={noteId}>{t("note")}</label>
          <span id={countId} className="text-xs text-muted">
            {t("noteCount", { size: formatNumber(count), limit: formatNumber(MAX_NOTE) })}
          </span>
        </div>
        <textarea
          id={noteId}
          aria-describedby={countId}
          rows={3}
          value={note}
          onChange={(event) => {
            const text = [...event.target.value].slice(0, MAX_NOTE).join("");
            onChange({ ...lesson, note: text === "" ? undefined : text });
          }}
          className="mt-1 w-full resize-y rounded-lg border border-line bg-bg px-2.5 py-1.5 hover:border-line-strong"
        />
      </div>
      <Checkbox label={t("run")} value={runs} onChange={(value) => onChange({ ...lesson, runs: value })} />
      <fieldset>
        <legend className="mb-1">{t("hide")}</legend>
        <div className="grid grid-cols-2 gap-x-4 gap-y-1 sm:grid-cols-3">
          {HIDEABLE.map((part) => (
            <Checkbox
              key={part}
              label={t(`hideable.${part}`)}
              value={hidden.includes(part)}
              onChange={(value) => hide(part, value)}
            />
          ))}
        </div>
      </fieldset>
    </div>
  );
}

interface CheckboxProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

function Checkbox({ label, value, onChange }: CheckboxProps) {
  return (
    <label className="flex min-h-6 items-center gap-2 pointer-coarse:min-h-9">
      <input
        type="checkbox"
        checked={value}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 shrink-0 accent-accent"
      />
      {label}
    </label>
  );
}
