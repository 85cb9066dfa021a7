import { memo } from "react";
import { CartesianGrid, LineChart, ReferenceLine, XAxis, YAxis } from "recharts";
import { type Scale, valueAt } from "../../app/axis.ts";
import type { Drawing } from "../../app/curves.ts";
import type { ChartPreferences } from "../../app/preferences-store.ts";
import { digitsToTellApart, formatNumber, formatQuantity } from "../format.ts";
import { CurvePath } from "./curve-path.tsx";
import { MARGINS } from "./plot-area.ts";

/** Something that happened at a place along the chart. */
export interface PlotMark {
  readonly x: number;
  readonly label: string;
}

interface PlotProps {
  readonly drawing: Drawing;
  readonly marks: readonly PlotMark[];
  readonly scale: Scale;
  readonly by: ChartPreferences["by"];
  readonly width: number;
  readonly height: number;
}

/** The axes are told what they span; recharts draws none where it is given no data. */
const CORNERS = [{ x: 0, y: 0 }];
/** The axes have room of their own. */
const MARGIN = { ...MARGINS, left: 0, bottom: 0 };
const TICK = { fontSize: 11, fill: "var(--faint)" };
const GRID = { stroke: "var(--line)", strokeWidth: 1 };
/** With a rim in the colour of the page, to be read over curves. */
const MARK_LABEL = {
  fontSize: 10.5,
  fill: "var(--muted)",
  stroke: "var(--panel)",
  strokeWidth: 3,
  style: { paintOrder: "stroke" },
  offset: 4,
} as const;

/** Curves and axes. What is under the pointer is drawn over it, so that it is not drawn anew when the pointer moves. */
export const Plot = memo(function Plot({ drawing: { curves, x, y }, marks, scale, by, width, height }: PlotProps) {
  const digits = digitsToTellApart(y.ticks.map((place) => valueAt(place, scale)));
  return (
    <LineChart data={CORNERS} width={width} height={height} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} syncWithTicks {...GRID} />
      <XAxis
        dataKey="x"
        type="number"
        domain={[x.from, x.to]}
        allowDataOverflow
        ticks={[...x.ticks]}
        tickFormatter={(value: number) => alongText(value, by)}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        height={MARGINS.bottom}
        interval={0}
      />
      <YAxis
        dataKey="y"
        type="number"
        domain={[y.from, y.to]}
        allowDataOverflow
        ticks={[...y.ticks]}
        tickFormatter={(place: number) => sizeText(valueAt(place, scale), digits)}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        width={MARGINS.left}
        interval={0}
      />
      {marks.map((mark) => (
        <ReferenceLine
          key={`${mark.x} ${mark.label}`}
          x={mark.x}
          stroke="var(--line-strong)"
          label={{
            ...MARK_LABEL,
            value: mark.label,
            position: mark.x > x.to * 0.6 ? "insideTopRight" : "insideTopLeft",
          }}
        />
      ))}
      {curves.map((curve) => (
        <CurvePath
          key={`${curve.run} ${curve.kind}`}
          curve={curve}
          x={x}
          y={y}
          width={width}
          top={MARGINS.top}
          bottom={height - MARGINS.bottom}
        />
      ))}
    </LineChart>
  );
});

/** Short enough for the room beside the axis. */
function sizeText(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size < 10_000) return formatNumber(value, digits);
  const text = size < 1e12 ? formatQuantity(size) : size.toExponential(0).replace("+", "");
  return value < 0 ? `−${text}` : text;
}

function alongText(value: number, by: ChartPreferences["by"]): string {
  if (by === "second") return `${formatNumber(value)} s`;
  return value >= 10_000 ? formatQuantity(value).trim() : formatNumber(value);
}
