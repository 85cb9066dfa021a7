import { Wand2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { fitted, kindOfTarget } from "../../app/edits/fit-target.ts";
import { useCatalogue, useExperiment, usePlayground, useRun } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";

/** Where loss, metrics or the last layer are for targets of another kind than the data has: one click that fits them. */
export function FitOffer() {
  const { t } = useTranslation("data");
  const { experiments } = usePlayground();
  const catalogue = useCatalogue();
  const experiment = useExperiment((state) => state.experiment);
  const draft = useRun((run) => run.draft);
  if (catalogue === undefined || experiment === undefined || draft === undefined) return null;
  const target = kindOfTarget(draft.data.target);
  const options = { outputNode: draft.outputNode, keepsEither: true };
  if (fitted(experiment, target, catalogue, options) === experiment) return null;
  return (
    <div className="rounded-lg bg-accent-soft px-2.5 py-2">
      <p>{t(`misfit.${target}`)}</p>
      <Button
        onClick={() => experiments.edit((present) => fitted(present, target, catalogue, options))}
        className="mt-1.5 h-auto min-h-7 py-1 whitespace-normal"
      >
        <Wand2 size={13} aria-hidden className="shrink-0 text-accent" />
        {t("fit")}
      </Button>
    </div>
  );
}
