import { useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ViewPayload } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { type Range, rangeOf } from "../pixels/range.ts";
import { sharpContext } from "../pixels/sharp-context.ts";
import { useSize } from "../pixels/use-size.ts";
import { useTheme } from "../pixels/use-theme.ts";
import { useView } from "../use-view.ts";
import { axisTicks } from "./axis-ticks.ts";
import { regressionFit } from "./regression-fit.ts";
import { ViewFrame } from "./view-frame.tsx";

const LIMIT = 600;

/** Room for the numbers at the left and below. */
const LEFT = 38;
const BELOW = 18;

/** What the model predicts against what is true: a good model's points lie on the diagonal. */
export function Regression() {
  const view = useView("regression", { limit: LIMIT });
  return <ViewFrame view={view}>{(payload) => <Scatter payload={payload} />}</ViewFrame>;
}

function Scatter({ payload: { truths, predictions } }: { readonly payload: ViewPayload<"regression"> }) {
  const { t } = useTranslation("views");
  const [box, { width, height }] = useSize();
  const { r2, rootMeanSquare, meanAbsolute } = regressionFit(truths, predictions);
  const range = padded(rangeOf(truths));
  const [least, largest] = range;
  const area = { width: Math.max(0, width - LEFT), height: Math.max(0, height - BELOW) };
  const x = (value: number) => LEFT + (area.width * (value - least)) / (largest - least);
  const y = (value: number) => area.height * (1 - (value - least) / (largest - least));
  const numbers = {
    count: truths.length,
    r2: formatNumber(r2, 3),
    rmse: formatNumber(rootMeanSquare, 3),
    mae: formatNumber(meanAbsolute, 3),
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1.5">
      <p className="text-xs text-muted">{t("fit", numbers)}</p>
      <div ref={box} className="relative min-h-36 flex-1">
        <Points truths={truths} predictions={predictions} range={range} {...area} label={t("fitLabel", numbers)} />
        {area.width > 60 && (
          <div aria-hidden className="text-[10px] leading-none text-faint">
            {axisTicks(least, largest, Math.max(2, area.height / 45)).map((tick) => (
              <span
                key={tick}
                className="absolute -translate-y-1/2 text-right"
                style={{ top: y(tick), width: LEFT - 6 }}
              >
                {formatNumber(tick)}
              </span>
            ))}
            {axisTicks(least, largest, Math.max(2, area.width / 70)).map((tick) => (
              <span key={tick} className="absolute -translate-x-1/2" style={{ top: area.height + 5, left: x(tick) }}>
                {formatNumber(tick)}
              </span>
            ))}
            <span className="absolute top-1.5 text-muted" style={{ left: LEFT + 6 }}>
              ↑ {t("predicted")}
            </span>
            <span className="absolute right-1.5 text-muted" style={{ top: area.height - 14 }}>
              {t("true")} →
            </span>
          </div>
        )}
      </div>
    </div>
  );
}

interface PointsProps {
  readonly truths: Float32Array;
  readonly predictions: Float32Array;
  readonly range: Range;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

function Points({ truths, predictions, range: [least, largest], width, height, label }: PointsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours of the theme
  useLayoutEffect(() => {
    const context = sharpContext(canvas.current, width, height);
    if (!context) return;
    const style = getComputedStyle(context.canvas);
    const t = (value: number) => Math.min(Math.max((value - least) / (largest - least), 0.005), 0.995);
    context.strokeStyle = style.getPropertyValue("--line-strong");
    context.beginPath();
    context.moveTo(0, height);
    context.lineTo(width, 0);
    context.stroke();
    context.fillStyle = style.getPropertyValue("--accent");
    context.globalAlpha = truths.length > 150 ? 0.45 : 0.75;
    for (const [k, truth] of truths.entries()) {
      context.beginPath();
      context.arc(width * t(truth), height * (1 - t(predictions[k] as number)), 2.4, 0, 2 * Math.PI);
      context.fill();
    }
  }, [truths, predictions, least, largest, width, height, theme]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className="absolute top-0 rounded-md bg-sunken"
      style={{ left: LEFT, width, height }}
    />
  );
}

function padded([least, largest]: Range): Range {
  const pad = 0.06 * (largest - least || 1);
  return [least - pad, largest + pad];
}
