import { NotebookText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { usePlayground } from "../playground.tsx";
import { FoldingCard } from "../primitives/folding-card.tsx";

/** The note of a teacher's link, beside the network: its text as it is. `isFolded`: only its beginning, at first. */
export function LessonNote({ isFolded }: { readonly isFolded: boolean }) {
  const { t } = useTranslation("links");
  const note = useStore(usePlayground().lesson, (lesson) => lesson.note);
  if (note === undefined) return null;
  const [firstLine] = note.split("\n", 1);
  return (
    // Another note is another lesson: it begins unfolded where there is room.
    <FoldingCard key={note} title={t("lessonNote")} icon={NotebookText} summary={firstLine} isFoldedAtFirst={isFolded}>
      <p className="wrap-anywhere whitespace-pre-wrap">{note}</p>
    </FoldingCard>
  );
}
