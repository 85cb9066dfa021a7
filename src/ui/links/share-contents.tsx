import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LinkLesson } from "../../app/link/encode-link.ts";
import { Differences } from "./differences.tsx";
import { FileButtons } from "./file-buttons.tsx";
import { LessonOptions } from "./lesson-options.tsx";
import { LinkField } from "./link-field.tsx";
import { useShareLink } from "./use-share-link.ts";

interface ShareContentsProps {
  readonly lesson: LinkLesson;
  readonly onLesson: (lesson: LinkLesson) => void;
  readonly onClose: () => void;
}

/** A link with what a teacher adds to it, and a file. Only there while it is looked at: links are not made unseen. */
export function ShareContents({ lesson, onLesson, onClose }: ShareContentsProps) {
  const { t } = useTranslation("links");
  const { base, experiment, hash, hasFailed } = useShareLink(lesson);
  return (
    <div className="space-y-5">
      <Section title={t("link")} help={t("linkHelp")}>
        {hasFailed ? (
          <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-bad">
            {t("noLink")}
          </p>
        ) : (
          <LinkField hash={hash} hasNote={lesson.note !== undefined} />
        )}
      </Section>
      {base && experiment && (
        <Section title={t("differs")}>
          <Differences base={base} experiment={experiment} />
        </Section>
      )}
      <Section title={t("lesson")} help={t("lessonHelp")}>
        <LessonOptions lesson={lesson} onChange={onLesson} />
      </Section>
      <Section title={t("file")}>
        <FileButtons onOpened={onClose} />
      </Section>
    </div>
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
