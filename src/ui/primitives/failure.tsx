import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";

interface FailureProps {
  readonly error: unknown;
  /** Whether its code could not be fetched; browsers do not ask for it again until the page is loaded anew. */
  readonly isNotLoaded: boolean;
  readonly onRetry: () => void;
  /** Of what would have been over the page: takes away what is said. */
  readonly onClose: (() => void) | undefined;
}

/** Stands where a part of the page would: what happened to it, and what helps. */
export function Failure({ error, isNotLoaded, onRetry, onClose }: FailureProps) {
  const { t } = useTranslation("shell");
  return (
    <div
      role="alert"
      className={
        onClose
          ? "fixed inset-x-4 top-16 z-50 mx-auto flex max-w-md flex-col items-center gap-3 rounded-xl border border-line bg-panel p-4 text-center shadow-card"
          : "flex flex-1 flex-col items-center justify-center gap-3 bg-panel p-4 text-center"
      }
    >
      <p className="wrap-anywhere">{isNotLoaded ? t("partNotLoaded") : t("partFailed", { reason: String(error) })}</p>
      <div className="flex items-center gap-1">
        {isNotLoaded ? (
          <Button onClick={() => location.reload()}>{t("reload")}</Button>
        ) : (
          <Button onClick={onRetry}>{t("tryAgain")}</Button>
        )}
        {onClose && (
          <IconButton label={t("dismiss")} onClick={onClose}>
            <X size={14} />
          </IconButton>
        )}
      </div>
    </div>
  );
}
