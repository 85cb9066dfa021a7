import { Digit } from "./digit-images.tsx";

/** Digits, the few numbers they are squeezed into, and what is drawn from those. */
export function SqueezedDigits() {
  return (["6", "3"] as const).map((digit, row) => (
    <g key={digit} transform={`translate(0 ${46 * row})`}>
      <Digit digit={digit} x={0} y={2} size={36} slant={4} />
      {[0, 1, 2, 3, 4, 5].map((k) => (
        <rect
          key={k}
          x={46.5}
          y={5 + 5.2 * k}
          width={5.2}
          height={5.2}
          fill="var(--run-0)"
          opacity={[0.9, 0.25, 0.6, 0.4, 1, 0.15, 0.7][(k + 3 * row) % 7]}
        />
      ))}
      <Digit digit={digit} x={62} y={2} size={36} slant={4} isBlurred />
    </g>
  ));
}
