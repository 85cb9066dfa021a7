import { useTranslation } from "react-i18next";
import { setOptimizer, setOptimizerField } from "../../app/edits/experiment.ts";
import type { Catalogue, Fields, OptimizerSpec } from "../../app/engine-types.ts";
import { FieldList } from "../fields/field-list.tsx";
import { Section } from "../fields/section.tsx";
import { usePlayground } from "../playground.tsx";
import { KindSelect } from "./kind-select.tsx";

/** Numbers that are tried first where clipping or averaging is switched on. */
const STARTS = { clipNorm: 1, clipValue: 1, average: 0.999 };

interface OptimizerSectionProps {
  readonly catalogue: Catalogue;
  readonly optimizer: OptimizerSpec;
}

/** The optimizer, its numbers, and what every optimizer has: all numbers on sliders can be changed while it trains. */
export function OptimizerSection({ catalogue, optimizer }: OptimizerSectionProps) {
  const { t } = useTranslation("training");
  const { experiments } = usePlayground();
  const { optimizers, optimizerFields } = catalogue;
  const chosen = optimizers.find(({ kind }) => kind === optimizer.kind);
  const { learningRate, weightDecay, ...rest } = optimizerFields;
  const set = (field: string, value: unknown) =>
    experiments.edit((experiment) => setOptimizerField(experiment, field, value), `optimizer.${field}`);
  // Every optimizer has a learning rate of its own to start from.
  const first = {
    learningRate: { ...learningRate, default: chosen?.learningRate },
    weightDecay,
  } as Fields;
  return (
    <Section title={t("optimizer")}>
      <KindSelect
        label={t("optimizer")}
        entries={optimizers}
        value={optimizer.kind}
        onChange={(next) => experiments.edit((experiment) => setOptimizer(experiment, next, catalogue))}
      />
      <FieldList fields={first} values={optimizer} onChange={set} />
      <FieldList fields={chosen?.fields ?? {}} values={optimizer} onChange={set} />
      <FieldList fields={rest} values={optimizer} onChange={set} starts={STARTS} />
    </Section>
  );
}
