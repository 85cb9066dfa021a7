import { FileUp } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useTakeDropped } from "./use-take-dropped.ts";

interface DropOverlayProps {
  readonly isOver: boolean;
  readonly dropped: readonly File[] | undefined;
  readonly onTaken: () => void;
}

/** Says what dropped files would do, and does it with those that were. */
export function DropOverlay({ isOver, dropped, onTaken }: DropOverlayProps) {
  const { t } = useTranslation("links");
  const take = useTakeDropped();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same files are taken once
  useEffect(() => {
    if (dropped !== undefined) take(dropped).finally(onTaken);
  }, [dropped]);
  if (!isOver) return null;
  return (
    // The pointer goes through, so that parts of the page that take files themselves still get them.
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-scrim p-4">
      <div className="rounded-2xl border-2 border-dashed border-accent bg-panel px-10 py-8 text-center shadow-card">
        <FileUp size={28} aria-hidden className="mx-auto text-accent" />
        <p className="mt-2 text-base font-semibold">{t("drop")}</p>
        <p className="mt-1 text-muted">{t("dropJson")}</p>
        <p className="text-muted">{t("dropData")}</p>
      </div>
    </div>
  );
}
