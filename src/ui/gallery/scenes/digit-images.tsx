/** Digits as a pen goes, in a box of 20 × 26. */
const PATHS: Record<string, string> = {
  "0": "M10 3C4 3 3 9 3 13s1 10 7 10 7-6 7-10S16 3 10 3",
  "2": "M4 8c0-7 12-7 12 0 0 5-8 8-12 15h13",
  "3": "M4 4h11l-6 8c5-1 8 2 8 5 0 7-10 8-13 3",
  "4": "M13 23V4L3 17h14",
  "5": "M15 4H6L5 12c5-2 11-1 11 5s-9 8-12 3",
  "6": "M14 3C8 6 4 12 4 17c0 8 12 8 12 0 0-6-9-7-12-1",
  "7": "M3 4h14L8 23M7 13h8",
  "8": "M10 12C4 10 4 3 10 3s6 7 0 9c-7 2-7 11 0 11s7-9 0-11",
  "9": "M15 9c0-8-11-8-11 0 0 6 9 6 11 0 0 5-1 10-4 14",
};

interface DigitProps {
  readonly digit: keyof typeof PATHS;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** Slant in degrees: every hand writes otherwise. */
  readonly slant?: number;
  readonly isBlurred?: boolean;
}

/** A digit in ink on a dark square. */
export function Digit({ digit, x, y, size, slant = 0, isBlurred = false }: DigitProps) {
  const scale = size / 32;
  return (
    <g transform={`translate(${x} ${y}) scale(${scale})`}>
      <rect width={32} height={32} rx={3} fill="var(--paper)" />
      <path
        d={PATHS[digit]}
        transform={`translate(6 3) translate(10 13) skewX(${-slant}) translate(-10 -13)`}
        fill="none"
        stroke="var(--ink)"
        strokeWidth={isBlurred ? 4.2 : 2.8}
        strokeLinecap="round"
        strokeLinejoin="round"
        opacity={isBlurred ? 0.72 : 1}
      />
    </g>
  );
}

/** Some digits side by side, in rows of three. */
export function DigitImages({ digits }: { readonly digits: string }) {
  return [...digits].map((digit, k) => (
    <Digit
      key={digit}
      digit={digit}
      x={4 + 31 * (k % 3)}
      y={(digits.length > 6 ? 0 : 15) + 30 * Math.floor(k / 3)}
      size={28}
      slant={((7 * k) % 5) * 4 - 6}
    />
  ));
}
