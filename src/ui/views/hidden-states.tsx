import { useTranslation } from "react-i18next";
import type { NodeSpec } from "../../app/engine-types.ts";
import { VIEWED_LAYERS, type ViewPayload } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { symmetricRange } from "../pixels/range.ts";
import { useDiverging } from "../pixels/use-theme.ts";
import { useRun } from "../playground.tsx";
import { useSubject } from "../use-subject.ts";
import { LayerSelect, useLayerChoice } from "./layer-select.tsx";
import { SamplePicture } from "./sample-picture.tsx";
import { SubjectChooser } from "./subject-chooser.tsx";
import { TimeHeat } from "./time-heat.tsx";
import { useHeldView } from "./use-held-view.ts";
import { useSubjectValues } from "./use-subject-values.ts";
import { ViewFrame } from "./view-frame.tsx";

const RECURRENT: readonly string[] = VIEWED_LAYERS.recurrent;

/** What a recurrent layer keeps in mind as it reads a sample. */
export function HiddenStates() {
  const subject = useSubject();
  const { layers, node } = useLayerChoice("states", ({ layer }: NodeSpec) => RECURRENT.includes(layer));
  const view = useHeldView("states", node === undefined ? undefined : { node, subject });
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {node !== undefined && <LayerSelect view="states" layers={layers} value={node} />}
        <SubjectChooser />
      </div>
      <ViewFrame view={view}>{(payload) => <States payload={payload} node={node ?? ""} />}</ViewFrame>
    </div>
  );
}

interface StatesProps {
  readonly payload: ViewPayload<"states">;
  readonly node: string;
}

function States({ payload: { values, steps, units, tokens }, node }: StatesProps) {
  const { t } = useTranslation("views");
  const ramp = useDiverging();
  const { input } = useRun(({ opened }) => ({ input: opened?.data.inputs[0] }));
  const read = useSubjectValues();
  const range = symmetricRange(values);
  const isSeries = input?.dtype === "f32" && input.shape.length === 2 && input.shape[0] === steps;
  return (
    <>
      {isSeries && read && <SamplePicture column={input} values={read} className="h-8 w-full shrink-0 rounded" />}
      <TimeHeat
        values={values}
        steps={steps}
        units={units}
        tokens={tokens}
        ramp={ramp}
        range={range}
        label={t("statesLabel", { node, count: units, steps, largest: formatNumber(range[1], 3) })}
      />
    </>
  );
}
