import { useTranslation } from "react-i18next";
import { setValue } from "../../app/edits/experiment.ts";
import { MAX_NAME, validName } from "../../app/edits/valid-name.ts";
import type { Experiment } from "../../app/engine-types.ts";
import { openedNow } from "../../app/run-store.ts";
import { BatchSizeRow } from "../fields/batch-size-row.tsx";
import { FieldRow } from "../fields/field-row.tsx";
import { SeedRow } from "../fields/seed-row.tsx";
import { TextInput } from "../fields/text-input.tsx";
import { formatNumber, formatQuantity } from "../format.ts";
import { usePlayground, useRun } from "../playground.tsx";
import { Fact, Facts } from "./facts.tsx";
import { ProblemList } from "./problem-list.tsx";

/** The experiment as a whole: its name, what the model costs, and all that is wrong with it. */
export function ExperimentInspector({ experiment }: { readonly experiment: Experiment }) {
  const { t } = useTranslation("inspector");
  const { experiments } = usePlayground();
  const { parameters, flops, opened } = useRun((run) => ({
    parameters: run.draft?.parameters,
    flops: run.draft?.flops,
    opened: openedNow(run),
  }));
  const rename = (text: string) => {
    const name = validName(text);
    if (name === undefined) return t("nameWanted");
    experiments.edit((present) => setValue(present, "name", name));
    return undefined;
  };
  return (
    <>
      <header>
        <h2 className="text-sm font-semibold">{t("experiment")}</h2>
        <p className="mt-1 text-muted">{t("experimentHelp")}</p>
      </header>
      <ProblemList />
      <div className="space-y-1">
        <FieldRow
          label={t("name")}
          help={t("nameHelp")}
          control={(describedBy) => (
            <TextInput
              label={t("name")}
              describedBy={describedBy}
              text={experiment.name}
              maxLength={MAX_NAME}
              onTake={rename}
            />
          )}
        />
        <BatchSizeRow value={experiment.batchSize} />
        <SeedRow value={experiment.seed} />
      </div>
      <Facts>
        <Fact name={t("layers")} value={formatNumber(experiment.model.nodes.length)} />
        <Fact name={t("parameters")} value={parameters === undefined ? undefined : formatNumber(parameters)} />
        <Fact name={t("flopsForward")} value={flops === undefined ? undefined : `${formatQuantity(flops)}FLOP`} />
        <Fact
          name={t("memory")}
          value={
            opened &&
            t("memoryAtBatch", { bytes: `${formatQuantity(opened.summary.peakBytes)}B`, batch: experiment.batchSize })
          }
        />
        <Fact name={t("dispatches")} value={opened && formatNumber(opened.summary.dispatchesPerStep)} />
        <Fact name={t("stepsPerEpoch")} value={opened && formatNumber(opened.summary.stepsPerEpoch)} />
        <Fact name={t("device")} value={opened && `${opened.device.kind.toUpperCase()} · ${opened.device.name}`} />
      </Facts>
    </>
  );
}
