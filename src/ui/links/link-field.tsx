import { Check, Copy, Send } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { MAX_LINK } from "../../app/link/limits.ts";
import { formatNumber } from "../format.ts";
import { useCatalogue, useExperiment, usePlayground } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";

/** "Copied" stands this long, in milliseconds. */
const COPIED_MS = 2500;

/** The link to copy or to send, and how long it is; or that there can be none. */
export function LinkField({ hash, hasNote }: { readonly hash: string | undefined; readonly hasNote: boolean }) {
  const { t } = useTranslation("links");
  const { location } = usePlayground();
  const field = useRef<HTMLInputElement>(null);
  const [copying, setCopying] = useState<"no" | "copied" | "refused">("no");
  // biome-ignore lint/correctness/useExhaustiveDependencies: another link has not been copied
  useEffect(() => setCopying("no"), [hash]);
  useEffect(() => {
    if (copying !== "copied") return;
    const timer = setTimeout(() => setCopying("no"), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copying]);
  const readsFiles = useReadsFiles();

  if (hash === undefined) return <p className="text-muted">{t("making")}</p>;
  const size = { size: formatNumber(hash.length), limit: formatNumber(MAX_LINK) };
  if (hash.length > MAX_LINK) {
    return (
      <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-bad">
        {t(hasNote ? "noteMakesTooLarge" : "tooLarge", size)}
      </p>
    );
  }
  const link = location.link(hash);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopying("copied");
    } catch {
      // No permission, or no secure page: the visitor copies.
      field.current?.select();
      setCopying("refused");
    }
  };
  return (
    <>
      <div className="flex gap-2">
        <input
          ref={field}
          readOnly
          value={link}
          aria-label={t("link")}
          onFocus={(event) => event.target.select()}
          className="h-8 min-w-0 flex-1 rounded-lg border border-line bg-bg px-2.5 font-mono text-xs pointer-coarse:h-10"
        />
        {"share" in navigator && (
          <Button onClick={() => navigator.share({ title: document.title, url: link }).catch(() => undefined)}>
            <Send size={14} aria-hidden />
            {t("send")}
          </Button>
        )}
        <Button look="primary" className="min-w-30" onClick={copy}>
          {copying === "copied" ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          {copying === "copied" ? t("copied") : t("copy")}
        </Button>
      </div>
      <p aria-live="polite" className="mt-1.5 text-xs text-muted">
        {copying === "refused" ? t("copyYourself") : t("size", size)}
        {readsFiles && <span className="block">{t("holdsNoFiles")}</span>}
      </p>
    </>
  );
}

/** Whether the data comes from files of the visitor's own. */
function useReadsFiles(): boolean {
  const kind = useExperiment(({ experiment }) => experiment?.data.kind);
  return useCatalogue()?.dataSources.find((source) => source.kind === kind)?.files !== undefined;
}
