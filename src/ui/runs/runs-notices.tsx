import { X } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { usePlayground } from "../playground.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import { useRefocus } from "./use-refocus.ts";

/** That runs were deleted, and how to get them back; that the browser does not keep them. */
export function RunsNotices() {
  const { t } = useTranslation("runs");
  const { runs: store } = usePlayground();
  const deleted = useStore(store, (state) => state.deleted);
  const keeping = useStore(store, (state) => state.keeping);
  const putBack = useRef<HTMLButtonElement>(null);
  useRefocus(putBack, deleted);
  return (
    <div role="status" className="shrink-0">
      {deleted.length > 0 && (
        <div className="mt-1 flex items-center gap-1 rounded-lg bg-sunken pl-2.5">
          <span className="flex-1">{t("deleted", { count: deleted.length })}</span>
          <button
            ref={putBack}
            type="button"
            onClick={() => store.putBack()}
            className="min-h-7 rounded px-1.5 font-medium text-accent hover:underline pointer-coarse:min-h-10"
          >
            {t("putBack")}
          </button>
          <IconButton label={t("dismiss")} className="size-7" onClick={() => store.setState({ deleted: [] })}>
            <X size={14} />
          </IconButton>
        </div>
      )}
      {keeping !== undefined && <p className="mt-1 text-xs text-muted">{t(keeping)}</p>}
    </div>
  );
}
