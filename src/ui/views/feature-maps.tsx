import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { NodeSpec } from "../../app/engine-types.ts";
import type { ViewPayload } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { drawMap } from "../pixels/draw-pixels.ts";
import { PictureGrid } from "../pixels/picture-grid.tsx";
import { viridis } from "../pixels/ramp.ts";
import { rangeOf } from "../pixels/range.ts";
import { useDiverging } from "../pixels/use-theme.ts";
import { useRun } from "../playground.tsx";
import { useSubject } from "../use-subject.ts";
import { ColourBar } from "./colour-bar.tsx";
import { LayerSelect, useLayerChoice } from "./layer-select.tsx";
import { SubjectChooser } from "./subject-chooser.tsx";
import { TimeHeat } from "./time-heat.tsx";
import { useHeldView } from "./use-held-view.ts";
import { ViewFrame } from "./view-frame.tsx";

/** What any layer makes of a sample: a picture for each channel. */
export function FeatureMaps() {
  const subject = useSubject();
  const { shapes } = useRun(({ draft }) => ({ shapes: draft?.nodes }));
  const isFit = ({ id, layer }: NodeSpec) => layer !== "Input" && (shapes?.get(id)?.shape.length ?? 0) >= 1;
  const { layers, node } = useLayerChoice("features", isFit);
  const view = useHeldView("features", node === undefined ? undefined : { node, subject });
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {node !== undefined && <LayerSelect view="features" layers={layers} value={node} />}
        <SubjectChooser />
      </div>
      <ViewFrame view={view}>{(payload) => <Channels payload={payload} node={node ?? ""} />}</ViewFrame>
    </div>
  );
}

interface ChannelsProps {
  readonly payload: ViewPayload<"features">;
  readonly node: string;
}

function Channels({ payload: { shape, values }, node }: ChannelsProps) {
  const { t } = useTranslation("views");
  const diverging = useDiverging();
  const [least, largest] = rangeOf(values);
  // Around 0 where there is something on both sides of it, as before a ReLU.
  const isAroundZero = least < -0.05 * largest;
  const most = Math.max(-least, largest) || 1;
  const ramp = isAroundZero ? diverging : viridis;
  const [low, high] = isAroundZero ? [-most, most] : [Math.min(0, least), largest > least ? largest : least + 1];

  const isMaps = shape.length === 3;
  const [rows = 1, columns = 1, channels = 1] = isMaps ? shape : [1, 1, shape[0]];
  const draw = useCallback(
    (canvas: HTMLCanvasElement, k: number) =>
      drawMap(canvas, { values, rows, columns, offset: k, stride: channels }, ramp, [low, high]),
    [values, rows, columns, channels, ramp, low, high],
  );
  const count = shape.at(-1) ?? 0;
  const label = t("featuresLabel", {
    count,
    node,
    least: formatNumber(least, 3),
    largest: formatNumber(largest, 3),
  });
  if (shape.length === 2) {
    return (
      <TimeHeat
        values={values}
        steps={shape[0] as number}
        units={count}
        tokens={undefined}
        ramp={ramp}
        range={[low, high]}
        label={label}
      />
    );
  }
  return (
    <>
      <PictureGrid count={count} rows={rows} columns={columns} draw={draw} least={isMaps ? 28 : 10} label={label} />
      <div className="flex items-start justify-between gap-3">
        <span className="text-xs text-faint">{t("channels", { count })}</span>
        <div className="w-36">
          <ColourBar ramp={ramp} range={[low, high]} />
        </div>
      </div>
    </>
  );
}
