import { useTranslation } from "react-i18next";
import type { Experiment } from "../../app/engine-types.ts";
import type { LinkBase } from "../../app/link/encode-link.ts";
import { runChanges } from "../../app/run-changes.ts";
import { type Aside, asidesThatDiffer } from "../../app/sharing.ts";
import { useChangeText } from "../runs/use-change-text.ts";
import { usePresetTitle } from "./use-preset-title.ts";

const ASIDES = {
  name: "differsName",
  metrics: "differsMetrics",
  stop: "differsStop",
  validateEvery: "differsValidateEvery",
  places: "differsPlaces",
  blocks: "differsBlocks",
} as const satisfies Record<Aside, string>;

/** What an experiment differs by from what it started from: all that a link to it holds. */
export function Differences({ base, experiment }: { readonly base: LinkBase; readonly experiment: Experiment }) {
  const { t } = useTranslation("links");
  const changeText = useChangeText();
  const preset = usePresetTitle(base.name);
  const changes = runChanges(base.experiment, experiment).map(changeText);
  const asides = asidesThatDiffer(base.experiment, experiment).map((aside) =>
    t(ASIDES[aside], { name: experiment.name }),
  );
  const all = [...changes, ...asides];
  if (all.length === 0) return <p className="text-muted">{t("asPreset", { preset })}</p>;
  return (
    <>
      <p className="text-muted">{t("differsFrom", { preset })}</p>
      <ul className="mt-1.5 flex flex-wrap gap-1.5">
        {all.map((text) => (
          <li key={text} className="max-w-full truncate rounded-md bg-sunken px-2 py-0.5" title={text}>
            {text}
          </li>
        ))}
      </ul>
    </>
  );
}
