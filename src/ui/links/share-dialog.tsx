import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LinkLesson } from "../../app/link/encode-link.ts";
import { usePlayground } from "../playground.tsx";
import { Dialog } from "../primitives/dialog.tsx";
import { Differences } from "./differences.tsx";
import { FileButtons } from "./file-buttons.tsx";
import { LessonOptions } from "./lesson-options.tsx";
import { LinkField } from "./link-field.tsx";
import { useShareLink } from "./use-share-link.ts";

interface ShareDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What there is to pass on: a link with what a teacher adds to it, and a file. */
export function ShareDialog({ isOpen, onClose }: ShareDialogProps) {
  const { t } = useTranslation("links");
  const playground = usePlayground();
  // A lesson that is shared anew keeps its note and what it hides.
  const [lesson, setLesson] = useState<LinkLesson>(() => {
    const { hidden, note } = playground.lesson.getState();
    return { hidden: [...hidden], note, runs: false };
  });
  const { base, experiment, hash } = useShareLink(lesson, isOpen);
  return (
    <Dialog title={t("share")} isOpen={isOpen} onClose={onClose}>
      <div className="space-y-5">
        <Section title={t("link")} help={t("linkHelp")}>
          <LinkField hash={hash} hasNote={lesson.note !== undefined} />
        </Section>
        {base && experiment && (
          <Section title={t("differs")}>
            <Differences base={base} experiment={experiment} />
          </Section>
        )}
        <Section title={t("lesson")} help={t("lessonHelp")}>
          <LessonOptions lesson={lesson} onChange={setLesson} />
        </Section>
        <Section title={t("file")}>
          <FileButtons onOpened={onClose} />
        </Section>
      </div>
    </Dialog>
  );
}

function Section({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="font-semibold">
        {title}
        {help && <span className="ml-2 font-normal text-muted">{help}</span>}
      </h3>
      <div className="mt-2">{children}</div>
    </section>
  );
}
