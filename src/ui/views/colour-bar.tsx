import { useMemo } from "react";
import { formatNumber } from "../format.ts";
import { cssColour, type Ramp } from "../pixels/ramp.ts";
import type { Range } from "../pixels/range.ts";

interface ColourBarProps {
  readonly ramp: Ramp;
  readonly range: Range;
}

const STOPS = 16;

/** What colours mean: the ramp with the numbers at its ends and in its middle. */
export function ColourBar({ ramp, range: [least, largest] }: ColourBarProps) {
  const gradient = useMemo(() => {
    const stops = Array.from({ length: STOPS + 1 }, (_, k) => cssColour(ramp[Math.round((k / STOPS) * 255)] as number));
    return `linear-gradient(90deg, ${stops.join(", ")})`;
  }, [ramp]);
  return (
    <div className="w-full max-w-60 min-w-24">
      <div aria-hidden className="h-2.5 rounded-full ring-1 ring-line" style={{ background: gradient }} />
      <div className="mt-0.5 flex justify-between text-xs text-faint">
        <span>{formatNumber(least, 2)}</span>
        <span aria-hidden>{formatNumber((least + largest) / 2, 2)}</span>
        <span>{formatNumber(largest, 2)}</span>
      </div>
    </div>
  );
}
