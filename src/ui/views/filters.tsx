import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { ViewPayload } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { drawImage, drawMap } from "../pixels/draw-pixels.ts";
import { PictureGrid } from "../pixels/picture-grid.tsx";
import { symmetricRange } from "../pixels/range.ts";
import { useDiverging } from "../pixels/use-theme.ts";
import { useView } from "../use-view.ts";
import { ColourBar } from "./colour-bar.tsx";
import { ViewFrame } from "./view-frame.tsx";

/** The kernels of the first convolution. */
export function Filters() {
  const view = useView("filters", {});
  return <ViewFrame view={view}>{(payload) => <Kernels payload={payload} />}</ViewFrame>;
}

function Kernels({ payload }: { readonly payload: ViewPayload<"filters"> }) {
  const { t } = useTranslation("views");
  const ramp = useDiverging();
  const { node, count, rows, columns, channels, values } = payload;
  const range = symmetricRange(values);
  const [, most] = range;
  const isColoured = channels === 3;
  const draw = useCallback(
    (canvas: HTMLCanvasElement, k: number) => {
      const offset = k * rows * columns * channels;
      if (!isColoured) {
        drawMap(canvas, { values, rows, columns, offset, stride: channels }, ramp, [-most, most]);
        return;
      }
      // Weights of red, green and blue around grey.
      const end = offset + rows * columns * channels;
      const image = values.subarray(offset, end).map((weight) => 0.5 + weight / (2 * most));
      drawImage(canvas, { values: image, rows, columns, channels });
    },
    [values, rows, columns, channels, isColoured, most, ramp],
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1.5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <p className="text-xs text-muted">{t("filtersOf", { count, node, size: `${rows}×${columns}` })}</p>
        {isColoured ? (
          <p className="text-xs text-faint">{t("filtersColoured")}</p>
        ) : (
          <div className="w-36">
            <ColourBar ramp={ramp} range={range} />
          </div>
        )}
      </div>
      <PictureGrid
        count={count}
        rows={rows}
        columns={columns}
        draw={draw}
        label={t("filtersLabel", { count, node, size: `${rows}×${columns}`, largest: formatNumber(most, 3) })}
      />
    </div>
  );
}
