import { Share2 } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { useExperiment } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";
import { Part } from "../primitives/part.tsx";
import { useHidden } from "../shell/use-hidden.ts";

const ShareDialog = lazy(async () => ({ default: (await import("./share-dialog.tsx")).ShareDialog }));

/** Opens what there is to pass on: link, lesson, file. */
export function ShareButton() {
  const { t } = useTranslation("links");
  const [isOpen, setIsOpen] = useState(false);
  /** Once it was open it stays, so that the focus finds its way back. */
  const [isThere, setIsThere] = useState(false);
  const { isReady, openings } = useExperiment(({ experiment, openings }) => ({
    isReady: experiment !== undefined,
    openings,
  }));
  if (useHidden("share")) return null;
  return (
    <>
      <Button
        aria-haspopup="dialog"
        disabled={!isReady}
        className="max-sm:px-2"
        onClick={() => {
          setIsThere(true);
          setIsOpen(true);
        }}
      >
        <Share2 size={15} aria-hidden className="text-muted" />
        <span className="max-sm:sr-only">{t("share")}</span>
      </Button>
      {isThere && (
        <Part onClose={() => setIsThere(false)}>
          {/* What a teacher adds is for one experiment: with another it begins anew. */}
          <ShareDialog key={openings} isOpen={isOpen} onClose={() => setIsOpen(false)} />
        </Part>
      )}
    </>
  );
}
