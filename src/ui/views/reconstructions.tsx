import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { ViewPayload } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { drawPixels } from "../pixels/draw-pixels.ts";
import { PictureGrid } from "../pixels/picture-grid.tsx";
import { useCalm } from "./use-calm.ts";
import { useHeldView } from "./use-held-view.ts";
import { ViewFrame } from "./view-frame.tsx";

const PAIRS = 32;
const CALM_MS = 150;

/** Images above what an autoencoder makes of them. */
export function Reconstructions() {
  const view = useCalm(useHeldView("reconstructions", { count: PAIRS }), CALM_MS);
  return <ViewFrame view={view}>{(payload) => <Pairs payload={payload} />}</ViewFrame>;
}

function Pairs({ payload: { count, shape, inputs, outputs } }: { readonly payload: ViewPayload<"reconstructions"> }) {
  const { t } = useTranslation("views");
  const [rows = 1, columns = 1, channels = 1] = shape;
  const size = rows * columns * channels;
  const error = rootMeanSquare(inputs, outputs);
  const draw = useCallback(
    (canvas: HTMLCanvasElement, k: number) => {
      const isColoured = channels >= 3;
      const byte = (value: number) => Math.min(Math.max(Math.round(255 * value), 0), 255);
      drawPixels(canvas, 2 * rows, columns, (pixel) => {
        const isBelow = pixel >= rows * columns;
        const values = isBelow ? outputs : inputs;
        const at = k * size + (pixel - (isBelow ? rows * columns : 0)) * channels;
        const part = (channel: number) => byte(values[at + (isColoured ? channel : 0)] as number);
        return (0xff000000 | (part(2) << 16) | (part(1) << 8) | part(0)) >>> 0;
      });
    },
    [inputs, outputs, rows, columns, channels, size],
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1.5">
      <div className="flex flex-wrap justify-between gap-x-4 text-xs text-muted">
        <span>{t("pairs")}</span>
        <span>{t("pairsError", { error: formatNumber(error, 3) })}</span>
      </div>
      <PictureGrid
        count={count}
        rows={2 * rows}
        columns={columns}
        draw={draw}
        label={t("pairsLabel", { count, error: formatNumber(error, 3) })}
      />
    </div>
  );
}

function rootMeanSquare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += ((a[k] as number) - (b[k] as number)) ** 2;
  return Math.sqrt(sum / Math.max(1, a.length));
}
