import { type PointerEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../format.ts";
import { PixelMap } from "../pixels/pixel-map.tsx";
import type { Ramp } from "../pixels/ramp.ts";
import type { Range } from "../pixels/range.ts";
import { useSize } from "../pixels/use-size.ts";
import { ColourBar } from "./colour-bar.tsx";
import { visibleToken } from "./visible-token.ts";

interface TimeHeatProps {
  /** (steps, units) */
  readonly values: ArrayLike<number>;
  readonly steps: number;
  readonly units: number;
  /** What is read at each step, where that is tokens. */
  readonly tokens: readonly string[] | undefined;
  readonly ramp: Ramp;
  readonly range: Range;
  readonly label: string;
}

/** A letter needs so many pixels of the page. */
const TOKEN_WIDTH = 8;

/** Units over time: a column a step, a row a unit. */
export function TimeHeat({ values, steps, units, tokens, ramp, range, label }: TimeHeatProps) {
  const { t } = useTranslation("views");
  const [box, { width }] = useSize();
  const [under, setUnder] = useState<{ readonly step: number; readonly unit: number }>();
  /** (units, steps) */
  const turned = useMemo(
    () =>
      Float32Array.from(
        { length: steps * units },
        (_, k) => values[(k % steps) * units + Math.floor(k / steps)] as number,
      ),
    [values, steps, units],
  );
  const onPointerMove = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const step = Math.floor(((clientX - left) / width) * steps);
    const unit = Math.floor(((clientY - top) / height) * units);
    const isInside = step >= 0 && step < steps && unit >= 0 && unit < units;
    setUnder(isInside ? { step, unit } : undefined);
  };
  const every = Math.max(1, Math.ceil((TOKEN_WIDTH * steps) / Math.max(1, width)));
  const said =
    under &&
    t("stateAt", {
      step: under.step,
      token: tokens ? ` “${visibleToken(tokens[under.step] ?? "")}”` : "",
      unit: under.unit,
      value: formatNumber(values[under.step * units + under.unit] ?? Number.NaN, 3),
    });
  return (
    <div className="flex min-h-28 flex-1 flex-col">
      <div
        ref={box}
        className="relative min-h-20 flex-1"
        onPointerMove={onPointerMove}
        onPointerDown={onPointerMove}
        onPointerLeave={() => setUnder(undefined)}
      >
        <PixelMap
          values={turned}
          rows={units}
          columns={steps}
          ramp={ramp}
          range={range}
          label={label}
          className="absolute inset-0 size-full rounded ring-1 ring-line"
        />
      </div>
      {tokens && (
        <div aria-hidden className="relative mt-0.5 h-4 shrink-0 overflow-hidden font-mono text-[10px] text-muted">
          {tokens.map((token, step) =>
            step % every === 0 ? (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: tokens are known by their place
                key={step}
                className="absolute -translate-x-1/2"
                style={{ left: `${(100 * (step + 0.5)) / steps}%` }}
              >
                {visibleToken(token)}
              </span>
            ) : null,
          )}
        </div>
      )}
      <div className="mt-1 flex shrink-0 items-start justify-between gap-3">
        <p className="min-h-4 text-xs text-faint">{said ?? t("timeByUnits", { steps, count: units })}</p>
        <div className="w-36 shrink-0">
          <ColourBar ramp={ramp} range={range} />
        </div>
      </div>
    </div>
  );
}
