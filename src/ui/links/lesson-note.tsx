import { ChevronDown, NotebookText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { usePlayground } from "../playground.tsx";
import { useIsNarrow } from "../shell/use-is-narrow.ts";

/** The note of a teacher's link, beside the network: its text as it is, folded away where room is dear. */
export function LessonNote() {
  const note = useStore(usePlayground().lesson, (lesson) => lesson.note);
  // Another note is another lesson: it begins unfolded.
  return note === undefined ? null : <Note key={note} note={note} />;
}

function Note({ note }: { readonly note: string }) {
  const { t } = useTranslation("links");
  const isNarrow = useIsNarrow();
  const [isFolded, setIsFolded] = useState(isNarrow);
  return (
    <section
      aria-label={t("lessonNote")}
      className="w-full max-w-80 rounded-xl border border-line bg-panel shadow-card"
    >
      <button
        type="button"
        aria-expanded={!isFolded}
        aria-label={isFolded ? t("showNote") : t("hideNote")}
        onClick={() => setIsFolded(!isFolded)}
        className="flex w-full items-center gap-2 rounded-xl px-3.5 py-2 text-left font-semibold pointer-coarse:py-3"
      >
        <NotebookText size={14} aria-hidden className="shrink-0 text-accent" />
        <span className="min-w-0 flex-1 truncate">
          {t("lessonNote")}
          {isFolded && <span className="ml-2 font-normal text-muted">{note.split("\n", 1)[0]}</span>}
        </span>
        <ChevronDown size={14} aria-hidden className={isFolded ? "" : "rotate-180"} />
      </button>
      {!isFolded && <p className="max-h-[40vh] overflow-auto px-3.5 pb-3 wrap-anywhere whitespace-pre-wrap">{note}</p>}
    </section>
  );
}
