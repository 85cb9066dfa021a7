import { useTranslation } from "react-i18next";
import { RepairButtons } from "../fields/repair-buttons.tsx";
import { useText } from "../i18n.ts";
import { useRun } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";

/** What stopped the run, or keeps the experiment from being trained at all, with what one click would cure. */
export function ProblemBanner() {
  const { t } = useTranslation("shell");
  const text = useText();
  const problem = useRun((run) => run.problem);
  if (problem === undefined) return null;
  return (
    <div role="alert" className="shrink-0 border-b border-line bg-bad-soft px-4 py-1.5">
      <p className="break-words text-bad first-letter:uppercase">{text(problem.text)}</p>
      <RepairButtons problem={problem} node={problem.node} />
      {problem.kind === "device-lost" && (
        <Button className="mt-1" onClick={() => location.reload()}>
          {t("reload")}
        </Button>
      )}
    </div>
  );
}
