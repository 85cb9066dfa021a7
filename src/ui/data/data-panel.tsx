import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { setData, setDataField } from "../../app/edits/experiment.ts";
import type { SourceDescription } from "../../app/engine-types.ts";
import { FieldList } from "../fields/field-list.tsx";
import { ProblemNote } from "../fields/problem-note.tsx";
import { formatNumber } from "../format.ts";
import { useText } from "../i18n.ts";
import { useCatalogue, useExperiment, usePlayground, useRun } from "../playground.tsx";
import { FileDrop } from "./file-drop.tsx";
import { FitOffer } from "./fit-offer.tsx";
import { SampleView } from "./sample-view.tsx";
import { SourceSelect } from "./source-select.tsx";
import { useIsDrafted } from "./use-is-drafted.ts";

/** What the model learns from: the source, its settings, its files, and its samples as pictures. */
export function DataPanel() {
  const { t } = useTranslation("data");
  const text = useText();
  const { experiments, run } = usePlayground();
  const catalogue = useCatalogue();
  const data = useExperiment(({ experiment }) => experiment?.data);
  const problem = useRun((state) => (state.problem?.kind === "data" ? state.problem : undefined));
  const draft = useRun((state) => state.draft);
  const isDrafted = useIsDrafted(data, draft);
  const isEmpty = useStore(usePlayground().files, ({ files }) => files.length === 0);
  const source = catalogue?.dataSources.find(({ kind }) => kind === data?.kind);
  if (catalogue === undefined || data === undefined || source === undefined) return null;

  // That a source has no files yet is no mistake: it says what it wants.
  const isWaiting = source.files !== undefined && isEmpty;
  const outputNode = () => run.getState().draft?.outputNode;
  const choose = (next: SourceDescription) =>
    experiments.edit((experiment) => setData(experiment, next, catalogue, outputNode()));
  const set = (field: string, value: unknown) =>
    experiments.edit((experiment) => setDataField(experiment, field, value, catalogue, outputNode()), `data.${field}`);

  return (
    <div className="-mx-1 min-h-0 flex-1 space-y-2.5 overflow-y-auto px-1 pb-2">
      <div>
        <SourceSelect sources={catalogue.dataSources} value={source.kind} onChange={choose} />
        <p className="mt-1.5 text-muted">{text(source.help)}</p>
      </div>
      {source.files !== undefined && <FileDrop key={source.kind} files={source.files} />}
      {problem !== undefined && !isWaiting && <ProblemNote problem={problem} />}
      {isDrafted && problem === undefined && <FitOffer />}
      <div className="space-y-1">
        <FieldList fields={source.fields} values={data} onChange={set} />
      </div>
      {problem === undefined && !isWaiting && !(isDrafted && draft) && (
        <p aria-live="polite" className="border-t border-line pt-2 text-muted">
          {t("preparing")}
        </p>
      )}
      {problem === undefined && isDrafted && draft && (
        <>
          <p className="border-t border-line pt-2 text-muted">
            {t("counts", {
              training: formatNumber(draft.data.trainingSamples),
              validation: formatNumber(draft.data.validationSamples),
            })}
          </p>
          <SampleView />
        </>
      )}
    </div>
  );
}
