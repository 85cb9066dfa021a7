import { useTranslation } from "react-i18next";
import { RepairButtons } from "../fields/repair-buttons.tsx";
import { useText } from "../i18n.ts";
import { usePlayground, useRun } from "../playground.tsx";

/** Everything that keeps the experiment from being trained: a click leads to the layer it is about. */
export function ProblemList() {
  const { t } = useTranslation("inspector");
  const text = useText();
  const { experiments } = usePlayground();
  const { problem, problems } = useRun((run) => ({ problem: run.problem, problems: run.draft?.problems }));
  // Where the data cannot be had, what the draft says is of other data.
  const ofNodes = problem?.kind === "data" ? [] : [...(problems?.values() ?? [])];
  const all = problem === undefined ? ofNodes : [problem, ...ofNodes];
  if (all.length === 0) return null;
  return (
    <section aria-label={t("problems")} className="rounded-lg bg-bad-soft px-2.5 py-2">
      <h3 className="text-xs font-semibold text-bad">{t("problemCount", { count: all.length })}</h3>
      <ul className="mt-1 space-y-2">
        {all.map(({ node, ...rest }) => (
          <li key={`${node} ${rest.text.en}`}>
            {node === undefined ? (
              <p className="break-words">{text(rest.text)}</p>
            ) : (
              <button
                type="button"
                onClick={() => experiments.select([node])}
                className="w-full rounded text-left break-words hover:underline"
              >
                {text(rest.text)}
              </button>
            )}
            <RepairButtons problem={rest} node={node} />
          </li>
        ))}
      </ul>
    </section>
  );
}
