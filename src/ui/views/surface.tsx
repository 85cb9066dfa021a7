import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ViewPayload } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { drawPixels } from "../pixels/draw-pixels.ts";
import { colourAt, cssColour } from "../pixels/ramp.ts";
import { type Range, rangeOf, symmetricRange } from "../pixels/range.ts";
import { useDiverging } from "../pixels/use-theme.ts";
import { useRun } from "../playground.tsx";
import { useView } from "../use-view.ts";
import { ColourBar } from "./colour-bar.tsx";
import { surfacePicture, valueBetween } from "./plane-colours.ts";
import { PlaneOptions } from "./plane-options.tsx";
import { PlanePlot } from "./plane-plot.tsx";
import { useResults } from "./results-store.ts";
import { usePlanePoints } from "./use-plane-points.ts";
import { useSamples } from "./use-samples.ts";
import { ViewFrame } from "./view-frame.tsx";

const CELLS = 50;
const FINER = 4;

/** The number that the model predicts all over the plane. */
export function Surface() {
  const view = useView("plane", { columns: CELLS, rows: CELLS });
  return <ViewFrame view={view}>{(payload) => <NumberSurface payload={payload} />}</ViewFrame>;
}

function NumberSurface({ payload }: { readonly payload: ViewPayload<"plane"> }) {
  const { t } = useTranslation("views");
  const ramp = useDiverging();
  const isDiscretized = useResults((state) => state.isDiscretized);
  const [place, setPlace] = useState<readonly [number, number]>();
  const range = useTargetRange(payload.values);
  const [least, largest] = range;
  const colourOf = useCallback(
    (target: number) => cssColour(colourAt(ramp, (target - least) / (largest - least))),
    [ramp, least, largest],
  );
  const points = usePlanePoints(colourOf);
  const { grid, values, outputs } = payload;

  const paint = useCallback(
    (canvas: HTMLCanvasElement) => {
      const picture = surfacePicture({ ...grid, outputs, values }, FINER, [least, largest], ramp, isDiscretized);
      drawPixels(canvas, grid.rows * FINER, grid.columns * FINER, picture);
    },
    [grid, values, outputs, least, largest, ramp, isDiscretized],
  );
  const [lowest, highest] = rangeOf(values);
  const label = t("surfaceLabel", { least: formatNumber(lowest, 3), largest: formatNumber(highest, 3) });
  const row = place && ((grid.y[1] - place[1]) / (grid.y[1] - grid.y[0])) * grid.rows - 0.5;
  const column = place && ((place[0] - grid.x[0]) / (grid.x[1] - grid.x[0])) * grid.columns - 0.5;
  return (
    <PlanePlot grid={grid} paint={paint} points={points} label={label} onPoint={setPlace}>
      <PlaneOptions />
      <ColourBar ramp={ramp} range={range} />
      <p className="text-xs text-faint">
        {place && row !== undefined && column !== undefined
          ? t("valueAt", {
              x: formatNumber(place[0], 2),
              y: formatNumber(place[1], 2),
              value: formatNumber(valueBetween({ ...grid, outputs, values }, row, column, 0), 3),
            })
          : t("surfaceRange", { least: formatNumber(lowest, 3), largest: formatNumber(highest, 3) })}
      </p>
    </PlanePlot>
  );
}

/** The range of the true values, so that colours keep their meaning while it learns; of the predicted ones till then. */
function useTargetRange(predicted: ArrayLike<number>): Range {
  const samples = useSamples("training", 0, 500);
  const { target } = useRun(({ opened }) => ({ target: opened?.data.target.name }));
  const truths = samples?.columns.get(target ?? "");
  return useMemo(() => symmetricRange(truths ?? predicted), [truths, predicted]);
}
