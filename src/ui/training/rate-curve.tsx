import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Experiment } from "../../app/engine-types.ts";
import { formatNumber } from "../format.ts";
import { usePlayground, useRun } from "../playground.tsx";

/** Where a run has no end, schedules take this many steps. */
const STEPS_WITHOUT_END = 10_000;

const POINTS = 121;
const HEIGHT = 40;

interface RateCurveProps {
  readonly schedule: Experiment["schedule"];
  readonly learningRate: number;
}

/** The learning rate over the run, as the engine will have it, and where the run stands. */
export function RateCurve({ schedule, learningRate }: RateCurveProps) {
  const { t } = useTranslation("training");
  const total = useRun(({ opened }) => opened?.summary.totalSteps ?? Number.POSITIVE_INFINITY);
  const steps = Number.isFinite(total) ? total : STEPS_WITHOUT_END;
  const factors = useFactors(schedule, steps);
  if (factors === undefined) return <div className="h-14" />;
  const most = factors.reduce((a, b) => Math.max(a, b), 0) || 1;
  const y = (factor: number) => HEIGHT - 1.5 - (factor / most) * (HEIGHT - 3);
  const path = Array.from(factors, (factor, k) => `${k === 0 ? "M" : "L"}${k} ${y(factor).toFixed(2)}`).join("");
  const [first, last] = [factors[0] as number, factors.at(-1) as number];
  const ends = {
    first: formatNumber(first * learningRate, 2),
    most: formatNumber(most * learningRate, 2),
    last: formatNumber(last * learningRate, 2),
  };
  return (
    <figure className="rounded-md bg-sunken px-2 pt-1.5 pb-1">
      <div className="relative">
        <svg
          role="img"
          aria-label={t("rateCurve", { ...ends, steps: formatNumber(steps) })}
          viewBox={`0 0 ${POINTS - 1} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="block h-10 w-full"
        >
          <path
            d={path}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
            strokeLinejoin="round"
          />
        </svg>
        <Now steps={steps} />
      </div>
      <figcaption aria-hidden className="flex justify-between gap-2 text-xs text-muted">
        <span>{ends.first}</span>
        <span className="truncate">{t("rateSteps", { count: steps, steps: formatNumber(steps) })}</span>
        <span>{ends.last}</span>
      </figcaption>
    </figure>
  );
}

/** Where the run stands; apart from the curve, which is not drawn anew at every step. */
function Now({ steps }: { readonly steps: number }) {
  // In thousandths, so that a long run does not draw what cannot be seen.
  const place = useRun(({ step }) => Math.min(1000, Math.round((1000 * step) / steps)));
  if (place === 0) return null;
  return <span aria-hidden className="absolute inset-y-0 w-px bg-text/50" style={{ left: `${place / 10}%` }} />;
}

/** The learning rate's factor over the run: the same for every rate. */
function useFactors(schedule: Experiment["schedule"], steps: number): Float32Array | undefined {
  const { engine } = usePlayground();
  const [factors, setFactors] = useState<Float32Array>();
  useEffect(() => {
    let isOld = false;
    engine.call("rates", { learningRate: 1, schedule, steps, count: POINTS }).then(
      (rates) => {
        if (!isOld) setFactors(rates);
      },
      // There is none where the engine is gone, which is told elsewhere.
      () => {
        if (!isOld) setFactors(undefined);
      },
    );
    return () => {
      isOld = true;
    };
  }, [engine, schedule, steps]);
  return factors;
}
