import { Download, FolderOpen } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { experimentFile } from "../../app/experiment-file.ts";
import { download } from "../download.ts";
import { usePlayground } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";

/** The experiment as a file: saved, or opened in place of this one. */
export function FileButtons({ onOpened }: { readonly onOpened: () => void }) {
  const { t } = useTranslation("links");
  const { experiments, opener } = usePlayground();
  const input = useRef<HTMLInputElement>(null);
  const save = () => {
    const { experiment } = experiments.getState();
    if (experiment === undefined) return;
    const file = experimentFile(experiment);
    download(file, file.name);
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
