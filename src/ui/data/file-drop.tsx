import { FileText, FileUp } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { SourceDescription } from "../../app/engine-types.ts";
import { formatQuantity } from "../format.ts";
import { useText } from "../i18n.ts";
import { usePlayground } from "../playground.tsx";
import { useTakeFiles } from "./use-take-files.ts";

/** Where files come in: chosen, or dropped. Nothing is uploaded; the worker reads them. */
export function FileDrop({ files }: { readonly files: NonNullable<SourceDescription["files"]> }) {
  const { t } = useTranslation("data");
  const text = useText();
  const helpId = useId();
  const loaded = useStore(usePlayground().files, (state) => state.files);
  const { take, isReading, fault } = useTakeFiles();
  const [isOver, setIsOver] = useState(false);
  return (
    <div>
      <label
        data-over={isOver || undefined}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes("Files")) return;
          event.preventDefault();
          event.stopPropagation();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          setIsOver(false);
          take([...event.dataTransfer.files]);
        }}
        className="flex cursor-pointer flex-col items-center gap-1 rounded-lg border border-dashed border-line-strong px-3 py-3 text-center hover:border-accent has-focus-visible:outline-2 has-focus-visible:outline-accent data-over:border-accent data-over:bg-accent-soft"
      >
        <FileUp size={18} aria-hidden className="text-accent" />
        <span className="font-medium">{isReading ? t("reading") : t("chooseFiles")}</span>
        <span className="text-xs text-muted">{t("stays")}</span>
        <input
          type="file"
          multiple
          accept={files.accept || undefined}
          aria-label={t("chooseFiles")}
          aria-describedby={helpId}
          className="sr-only"
          onChange={(event) => {
            take([...(event.target.files ?? [])]);
            // The same file, changed meanwhile, may be chosen again.
            event.target.value = "";
          }}
        />
      </label>
      <p id={helpId} className="mt-1.5 text-xs text-muted">
        {text(files.help)}
      </p>
      {fault !== undefined && (
        <p role="alert" className="mt-1.5 text-bad">
          {fault}
        </p>
      )}
      {loaded.length > 0 && (
        <ul aria-label={t("loaded")} className="mt-1.5 space-y-0.5">
          {loaded.map(({ name, size }) => (
            <li key={name} className="flex items-center gap-1.5">
              <FileText size={13} aria-hidden className="shrink-0 text-faint" />
              <span className="truncate" title={name}>
                {name}
              </span>
              <span className="ml-auto shrink-0 text-xs text-muted">{formatQuantity(size)}B</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
