import { useTranslation } from "react-i18next";
import type { ViewPayload } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { rangeOf } from "../pixels/range.ts";
import { ScrollArea } from "../primitives/scroll-area.tsx";
import { useView } from "../use-view.ts";
import { ViewFrame } from "./view-frame.tsx";

const COUNT = 24;

/** Windows of series, how they go on, and how the model says they do. */
export function Forecasts() {
  const view = useView("forecasts", { count: COUNT });
  return <ViewFrame view={view}>{(payload) => <Series payload={payload} />}</ViewFrame>;
}

function Series({ payload }: { readonly payload: ViewPayload<"forecasts"> }) {
  const { t } = useTranslation("views");
  const { count, length, horizon, windows, truths, predictions } = payload;
  const error = meanAbsolute(truths, predictions);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-muted">
        <Key colour="var(--faint)">{t("window")}</Key>
        <Key colour="var(--text)">{t("truth")}</Key>
        <Key colour="var(--accent)">{t("prediction")}</Key>
        <span className="ml-auto">{t("meanError", { error: formatNumber(error, 3) })}</span>
      </div>
      <ScrollArea label={t("tabs.forecasts")} className="min-h-0 flex-1">
        <ul className="grid content-start gap-1.5 grid-cols-[repeat(auto-fill,minmax(9rem,1fr))]">
          {Array.from({ length: count }, (_, k) => {
            const truth = truths.subarray(k * horizon, (k + 1) * horizon);
            const prediction = predictions.subarray(k * horizon, (k + 1) * horizon);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: samples are known by their place
              <li key={k} className="h-18 rounded-md bg-sunken">
                <Curve
                  window={windows.subarray(k * length, (k + 1) * length)}
                  truth={truth}
                  prediction={prediction}
                  label={t("forecastLabel", {
                    sample: k + 1,
                    truth: formatNumber(truth[0] as number, 3),
                    prediction: formatNumber(prediction[0] as number, 3),
                    error: formatNumber(meanAbsolute(truth, prediction), 2),
                  })}
                />
              </li>
            );
          })}
        </ul>
      </ScrollArea>
    </div>
  );
}

function Key({ colour, children }: { readonly colour: string; readonly children: React.ReactNode }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className="h-0.5 w-3.5 rounded-full" style={{ background: colour }} />
      {children}
    </span>
  );
}

interface CurveProps {
  readonly window: Float32Array;
  readonly truth: Float32Array;
  readonly prediction: Float32Array;
  readonly label: string;
}

/** The box that curves are drawn in; stretched to the place there is. */
const WIDTH = 200;
const HEIGHT = 100;
const MARGIN = 10;

function Curve({ window, truth, prediction, label }: CurveProps) {
  // What is predicted may be far off to begin with: the picture keeps the scale of what is true, and a bit more.
  const [least, largest] = rangeOf([...window, ...truth]);
  const pad = 0.15 * (largest - least || 1);
  const steps = window.length + truth.length;
  const x = (step: number) => MARGIN + ((WIDTH - 2 * MARGIN) * step) / Math.max(1, steps - 1);
  const y = (value: number) => {
    const t = (value - least + pad) / (largest - least + 2 * pad);
    return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * Math.min(Math.max(t, -0.08), 1.08);
  };
  const path = (values: ArrayLike<number>, from: number) =>
    Array.from(values, (value, k) => `${k === 0 ? "M" : "L"}${x(from + k).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const last = window.at(-1) as number;
  const line = { fill: "none", strokeWidth: 1.6, vectorEffect: "non-scaling-stroke" } as const;
  // A round cap makes a path of no length a dot, which is not stretched with the picture.
  const dot = { strokeWidth: 5.5, strokeLinecap: "round", vectorEffect: "non-scaling-stroke" } as const;
  const dots = (values: ArrayLike<number>) =>
    Array.from(values, (value, k) => `M${x(window.length + k).toFixed(1)} ${y(value).toFixed(1)}h0`).join("");
  const hasDots = truth.length <= 8;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="size-full"
    >
      <path d={path(window, 0)} stroke="var(--faint)" {...line} strokeWidth={1.2} />
      <path d={path([last, ...truth], window.length - 1)} stroke="var(--text)" {...line} />
      <path d={path([last, ...prediction], window.length - 1)} stroke="var(--accent)" {...line} />
      {hasDots && <path d={dots(truth)} stroke="var(--text)" {...dot} />}
      {hasDots && <path d={dots(prediction)} stroke="var(--accent)" {...dot} />}
    </svg>
  );
}

function meanAbsolute(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += Math.abs((a[k] as number) - (b[k] as number));
  return sum / Math.max(1, a.length);
}
