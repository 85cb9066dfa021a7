import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LinkLesson } from "../../app/link/encode-link.ts";
import { usePlayground } from "../playground.tsx";
import { Dialog } from "../primitives/dialog.tsx";
import { ShareContents } from "./share-contents.tsx";

interface ShareDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What there is to pass on, in a window. What a teacher wrote is still there when it is opened again. */
export function ShareDialog({ isOpen, onClose }: ShareDialogProps) {
  const { t } = useTranslation("links");
  const playground = usePlayground();
  // A lesson that is shared anew keeps its note and what it hides.
  const [lesson, setLesson] = useState<LinkLesson>(() => {
    const { hidden, note } = playground.lesson.getState();
    return { hidden: [...hidden], note, runs: false };
  });
  return (
    <Dialog title={t("share")} isOpen={isOpen} onClose={onClose}>
      <ShareContents lesson={lesson} onLesson={setLesson} onClose={onClose} />
    </Dialog>
  );
}
