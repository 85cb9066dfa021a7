import { Check, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ViewPayload } from "../../app/views.ts";
import { useExperiment } from "../playground.tsx";
import { ScrollArea } from "../primitives/scroll-area.tsx";
import { formatPercent } from "./percent.ts";
import { useCalm } from "./use-calm.ts";
import { useHeldView } from "./use-held-view.ts";
import { ViewFrame } from "./view-frame.tsx";

const COUNT = 60;
const CALM_MS = 400;

/** Questions of the validation with the model's answers, right or wrong. */
export function Answers() {
  const view = useCalm(useHeldView("answers", { count: COUNT }), CALM_MS);
  return <ViewFrame view={view}>{(payload) => <Sheet payload={payload} />}</ViewFrame>;
}

function Sheet({ payload: { answers } }: { readonly payload: ViewPayload<"answers"> }) {
  const { t } = useTranslation("views");
  const isReversed = useExperiment(({ experiment }) => experiment?.data.reversed === true);
  const right = answers.filter(({ truth, answer }) => truth === answer).length;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 text-xs text-muted">
        <span>{t("rightOf", { right, count: answers.length, share: formatPercent(right / answers.length) })}</span>
        {isReversed && <span className="text-faint">{t("lastDigitFirst")}</span>}
      </div>
      <ScrollArea label={t("tabs.answers")} className="min-h-0 flex-1">
        <ul className="grid content-start gap-x-4 font-mono text-xs grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))]">
          {answers.map(({ question, truth, answer }, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: questions are known by their place
            <li key={k} className="flex min-w-0 items-center gap-1.5 border-b border-line/60 py-1">
              <span className="min-w-0 flex-1 text-right break-all whitespace-pre-wrap text-muted">{question}</span>
              {truth === answer ? (
                <>
                  <span className="text-text">{answer}</span>
                  <Check size={13} role="img" aria-label={t("isRight")} className="shrink-0 text-good" />
                </>
              ) : (
                <>
                  <span className="flex flex-wrap gap-x-1.5">
                    <del className="text-bad decoration-1">{answer || "–"}</del>
                    <span>{truth}</span>
                  </span>
                  <X size={13} role="img" aria-label={t("isWrong")} className="shrink-0 text-bad" />
                </>
              )}
            </li>
          ))}
        </ul>
      </ScrollArea>
    </div>
  );
}
