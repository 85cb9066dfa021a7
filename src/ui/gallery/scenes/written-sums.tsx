const SUMS = [
  ["348+527", "875"],
  ["96+415", "511"],
  ["204+88", "292"],
  ["731+169", "900"],
] as const;

/** Sums as they are read, and the answers as they are written. */
export function WrittenSums() {
  return (
    <g fontFamily="var(--font-mono)" fontSize={11}>
      {SUMS.map(([sum, answer], k) => (
        <g key={sum} transform={`translate(0 ${16 + 21 * k})`}>
          <text x={50} textAnchor="end" fill="var(--muted)">
            {sum}
          </text>
          <text x={55} fill="var(--faint)">
            =
          </text>
          <text x={67} fontWeight={600} fill={k === 3 ? "var(--run-1)" : "var(--run-0)"}>
            {answer}
          </text>
        </g>
      ))}
    </g>
  );
}
