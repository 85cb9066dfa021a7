import { Download, FolderOpen } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { experimentFile } from "../../app/experiment-file.ts";
import { usePlayground } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";

/** The experiment as a file: saved, or opened in place of this one. */
export function FileButtons({ onOpened }: { readonly onOpened: () => void }) {
  const { t } = useTranslation("links");
  const { experiments, opener } = usePlayground();
  const input = useRef<HTMLInputElement>(null);
  const save = () => {
    const { experiment } = experiments.getState();
    if (experiment !== undefined) download(experimentFile(experiment));
  };
  return (
    <div className="flex gap-2">
      <Button onClick={save}>
        <Download size={14} aria-hidden />
        {t("saveFile")}
      </Button>
      <Button onClick={() => input.current?.click()}>
        <FolderOpen size={14} aria-hidden />
        {t("openFile")}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label={t("openFile")}
        tabIndex={-1}
        className="hidden"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = "";
          if (file === undefined) return;
          opener.openFile(file);
          onOpened();
        }}
      />
    </div>
  );
}

function download(file: File): void {
  const url = URL.createObjectURL(file);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = file.name;
  anchor.click();
  // The browser has begun to read by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
