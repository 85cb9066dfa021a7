import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ViewPayload } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { classColour } from "../pixels/class-colours.ts";
import { drawPixels } from "../pixels/draw-pixels.ts";
import { useTheme } from "../pixels/use-theme.ts";
import { useRun } from "../playground.tsx";
import { useDataName } from "../use-data-name.ts";
import { useView } from "../use-view.ts";
import { formatPercent } from "./percent.ts";
import { classPicture, classShares, valueBetween } from "./plane-colours.ts";
import { PlaneOptions } from "./plane-options.tsx";
import { PlanePlot } from "./plane-plot.tsx";
import { useResults } from "./results-store.ts";
import { usePlanePoints } from "./use-plane-points.ts";
import { ViewFrame } from "./view-frame.tsx";

const CELLS = 50;

/** So many pixels to a cell in each direction. */
const FINER = 4;

/** Which class the model sees where on the plane, and how sure it is. */
export function DecisionMap() {
  const view = useView("plane", { columns: CELLS, rows: CELLS });
  return <ViewFrame view={view}>{(payload) => <ClassMap payload={payload} />}</ViewFrame>;
}

function ClassMap({ payload }: { readonly payload: ViewPayload<"plane"> }) {
  const { t } = useTranslation("views");
  const theme = useTheme();
  const isDiscretized = useResults((state) => state.isDiscretized);
  const nameOf = useDataName();
  const { categories } = useRun(({ opened }) => ({ categories: opened?.data.target.categories ?? [] }));
  const classes = categories.map(nameOf);
  const [place, setPlace] = useState<readonly [number, number]>();
  const points = usePlanePoints(cssOfClass);
  const { grid, values, outputs } = payload;
  const plane = { ...grid, outputs, values };

  const paint = useCallback(
    (canvas: HTMLCanvasElement) => {
      const picture = classPicture({ ...grid, outputs, values }, FINER, isDiscretized, theme);
      drawPixels(canvas, grid.rows * FINER, grid.columns * FINER, picture);
    },
    [grid, values, outputs, isDiscretized, theme],
  );
  const shares = classShares(plane);
  const label = t("decisionMapLabel", {
    shares: shares.map((share, k) => `${classes[k] ?? k} ${formatPercent(share)}`).join(", "),
  });
  const row = place && ((grid.y[1] - place[1]) / (grid.y[1] - grid.y[0])) * grid.rows - 0.5;
  const column = place && ((place[0] - grid.x[0]) / (grid.x[1] - grid.x[0])) * grid.columns - 0.5;
  return (
    <PlanePlot grid={grid} paint={paint} points={points} label={label} onPoint={setPlace}>
      <PlaneOptions />
      <ul className="mt-1 max-h-40 overflow-auto">
        {shares.map((share, k) => {
          const p = row === undefined || column === undefined ? undefined : valueBetween(plane, row, column, k);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: classes are known by their place
            <li key={k} className="flex items-center gap-2 py-px">
              <span aria-hidden className="size-2.5 rounded-full" style={{ background: cssOfClass(k) }} />
              <span className="min-w-0 flex-1 truncate">{classes[k] ?? k}</span>
              <span className={p === undefined ? "text-faint" : "font-medium"}>{formatPercent(p ?? share)}</span>
            </li>
          );
        })}
      </ul>
      <p className="text-xs text-faint">
        {place ? t("pointAt", { x: formatNumber(place[0], 2), y: formatNumber(place[1], 2) }) : t("shareOfPlane")}
      </p>
    </PlanePlot>
  );
}

function cssOfClass(label: number): string {
  return classColour(label).css;
}
