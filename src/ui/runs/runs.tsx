import { Columns3, Trash2 } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { usePlayground } from "../playground.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import { Part } from "../primitives/part.tsx";
import { RunItem } from "./run-item.tsx";
import { RunsNotices } from "./runs-notices.tsx";

const Comparison = lazy(async () => ({ default: (await import("./comparison.tsx")).Comparison }));

/** Every run so far, the newest first: its colour on the chart, its name, what changed, and how it did. */
export function Runs() {
  const { t } = useTranslation("runs");
  const { runs: store } = usePlayground();
  const runs = useStore(store, (state) => state.runs);
  const present = useStore(store, (state) => state.present);
  const [opened, setOpened] = useState<string>();
  const [isComparing, setIsComparing] = useState(false);
  const old = runs.filter(({ id }) => id !== present);
  return (
    <>
      <header className="flex min-h-6 shrink-0 items-center gap-1">
        <h2 className="flex-1 font-semibold">{t("title")}</h2>
        {runs.length > 1 && (
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={() => setIsComparing(true)}
            className="flex min-h-6 items-center gap-1 rounded px-1 text-faint hover:text-text pointer-coarse:min-h-9"
          >
            <Columns3 size={14} aria-hidden />
            {t("compare")}
          </button>
        )}
        {old.length > 0 && (
          <IconButton label={t("deleteAll")} className="size-6" onClick={() => store.remove(old.map(({ id }) => id))}>
            <Trash2 size={14} />
          </IconButton>
        )}
      </header>
      <RunsNotices />
      {runs.length === 0 ? (
        <p className="mt-2 text-faint">{t("empty")}</p>
      ) : (
        <ul aria-label={t("title")} className="-mx-2 mt-1.5 min-h-0 flex-1 space-y-0.5 overflow-y-auto px-0.5 pb-2">
          {runs.map((run) => (
            <RunItem
              key={run.id}
              run={run}
              isPresent={run.id === present}
              isOpen={run.id === opened}
              onToggle={() => setOpened(run.id === opened ? undefined : run.id)}
            />
          ))}
        </ul>
      )}
      {isComparing && (
        <Part onClose={() => setIsComparing(false)}>
          <Comparison onClose={() => setIsComparing(false)} />
        </Part>
      )}
    </>
  );
}
