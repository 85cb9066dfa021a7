import { useTranslation } from "react-i18next";
import { RepairButtons } from "../fields/repair-buttons.tsx";
import { useText } from "../i18n.ts";
import { usePlayground, useRun } from "../playground.tsx";

/** What keeps layers from being trained: a click leads to each. What is wrong with the whole is told above the page. */
export function ProblemList() {
  const { t } = useTranslation("inspector");
  const text = useText();
  const { experiments } = usePlayground();
  const problems = useRun(({ draft }) => draft?.problems);
  if (problems === undefined || problems.size === 0) return null;
  return (
    <section aria-label={t("problems")} className="rounded-lg bg-bad-soft px-2.5 py-2">
      <h3 className="text-xs font-semibold text-bad">{t("problemCount", { count: problems.size })}</h3>
      <ul className="mt-1 space-y-2">
        {[...problems].map(([node, problem]) => (
          <li key={node}>
            <button
              type="button"
              onClick={() => experiments.select([node])}
              className="w-full rounded text-left break-words first-letter:uppercase hover:underline"
            >
              {text(problem.text)}
            </button>
            <RepairButtons problem={problem} node={node} />
          </li>
        ))}
      </ul>
    </section>
  );
}
