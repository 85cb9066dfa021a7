const LINES = ["A heron stood in", "the shallows below", "the church. She st"];

/** The beginning of a fable of the project's own text, and the letters that may come next. */
export function CorpusLines({ next }: { readonly next: readonly (readonly [letter: string, chance: number])[] }) {
  return (
    <g fontFamily="var(--font-mono)" fontSize={8.6}>
      {LINES.map((line, k) => (
        <text key={line} x={0} y={11 + 13 * k} fill="var(--muted)">
          {line}
        </text>
      ))}
      {next.map(([letter, chance], k) => (
        <g key={letter} transform={`translate(0 ${49 + 13 * k})`}>
          <text x={2} y={8} fill="var(--text)">
            {letter}
          </text>
          <rect x={12} y={1} width={80 * chance} height={8} rx={2} fill="var(--run-0)" opacity={1 - 0.28 * k} />
        </g>
      ))}
    </g>
  );
}
