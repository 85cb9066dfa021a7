import { useTranslation } from "react-i18next";
import { classColour } from "../pixels/class-colours.ts";
import { rangeOf } from "../pixels/range.ts";
import { SampleTile } from "./sample-tile.tsx";
import type { SamplesProps } from "./samples-props.ts";
import { useTargetText } from "./use-target-text.ts";

const HEIGHT = 40;

/** Series as lines, one for each feature, and in the accent colour how they go on, where that is to be told. */
export function SeriesSamples({ data, samples, from, subject, onPick }: SamplesProps) {
  const { t } = useTranslation("data");
  const targetText = useTargetText();
  const [input] = data.inputs;
  const values = input && samples.columns.get(input.name);
  if (input === undefined || values === undefined) return null;
  const [length = 1, features = 1] = input.shape;
  const goesOn = data.task === "forecasting" && data.target.dtype === "f32";
  const next = goesOn ? samples.columns.get(data.target.name) : undefined;
  const horizon = next === undefined ? 0 : next.length / samples.count;
  const [least, largest] = rangeOf(values);
  const y = (value: number) => HEIGHT - 2 - ((value - least) / (largest - least || 1)) * (HEIGHT - 4);
  const path = (points: readonly number[], start: number) =>
    points.map((value, k) => `${k === 0 ? "M" : "L"}${start + k} ${y(value).toFixed(2)}`).join("");
  return (
    <div className="space-y-1.5">
      {Array.from({ length: samples.count }, (_, k) => {
        const place = from + k;
        const target = goesOn ? undefined : targetText(data.target, samples, k);
        const label =
          target === undefined ? t("sample", { number: place + 1 }) : t("labelled", { number: place + 1, target });
        const line = (feature: number) =>
          Array.from({ length }, (_, step) => values[(k * length + step) * features + feature] as number);
        const end = line(0).at(-1) as number;
        return (
          <SampleTile
            key={place}
            label={label}
            isSubject={place === subject}
            onPick={onPick && (() => onPick(place))}
            className="w-full bg-sunken"
          >
            <svg
              role="img"
              aria-label={label}
              viewBox={`0 0 ${length + horizon - 1} ${HEIGHT}`}
              preserveAspectRatio="none"
              className="block h-10 w-full"
            >
              {Array.from({ length: Math.min(features, 8) }, (_, feature) => (
                <path
                  // biome-ignore lint/suspicious/noArrayIndexKey: features keep their places
                  key={feature}
                  d={path(line(feature), 0)}
                  fill="none"
                  stroke={features === 1 ? "var(--muted)" : classColour(feature).css}
                  vectorEffect="non-scaling-stroke"
                  strokeWidth={1.3}
                />
              ))}
              {next !== undefined && (
                <path
                  d={path([end, ...next.slice(k * horizon, (k + 1) * horizon)], length - 1)}
                  fill="none"
                  stroke="var(--accent)"
                  vectorEffect="non-scaling-stroke"
                  strokeWidth={2}
                  strokeLinecap="round"
                />
              )}
            </svg>
            {target !== undefined && (
              <span aria-hidden className="block truncate px-1.5 pb-0.5 text-xs text-muted">
                {target}
              </span>
            )}
          </SampleTile>
        );
      })}
    </div>
  );
}
