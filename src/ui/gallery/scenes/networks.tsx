// Sketches of the families of networks, 88 × 88, in the colours that their layers have on the canvas.

/** Columns of units, each connected to all of the next. */
export function DenseSketch({ units }: { readonly units: readonly number[] }) {
  const at = (column: number, row: number) =>
    [8 + (column * 72) / (units.length - 1), 44 + (row - ((units[column] as number) - 1) / 2) * 15] as const;
  const all = units.flatMap((count, column) => Array.from({ length: count }, (_, row) => [column, row] as const));
  return (
    <>
      {all.flatMap(([column, row]) =>
        Array.from({ length: units[column + 1] ?? 0 }, (_, to) => {
          const [[x1, y1], [x2, y2]] = [at(column, row), at(column + 1, to)];
          return (
            <line
              key={`${x1} ${y1} ${x2} ${y2}`}
              x1={x1}
              y1={y1}
              x2={x2}
              y2={y2}
              stroke="var(--line-strong)"
              strokeWidth={0.7}
            />
          );
        }),
      )}
      {all.map(([column, row]) => {
        const [cx, cy] = at(column, row);
        const isInput = column === 0;
        return (
          <circle
            key={`${column} ${row}`}
            cx={cx}
            cy={cy}
            r={4.2}
            fill={`var(--family-${isInput ? "data" : "core"})`}
          />
        );
      })}
    </>
  );
}

/** Stacks of maps that get smaller and more. */
export function ConvolutionSketch({ pooling = "pooling" }: { readonly pooling?: "pooling" | "convolution" }) {
  const stacks = [
    { x: 2, size: 34, count: 3, family: "convolution" },
    { x: 32, size: 24, count: 4, family: pooling },
    { x: 56, size: 14, count: 5, family: "convolution" },
  ];
  return (
    <>
      {stacks.map(({ x, size, count, family }) =>
        Array.from({ length: count }, (_, k) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a map is its place
            key={`${x} ${k}`}
            x={x + 3.4 * k}
            y={44 - size / 2 - 3.4 * (count / 2 - k)}
            width={size}
            height={size}
            rx={2}
            fill={`var(--family-${family})`}
            stroke="var(--panel)"
            opacity={0.55 + (0.45 * k) / (count - 1)}
          />
        )),
      )}
      {[0, 1, 2, 3].map((k) => (
        <circle key={k} cx={86} cy={23 + 14 * k} r={3} fill="var(--family-core)" />
      ))}
    </>
  );
}

/** Blocks in a row, each with a way round it. */
export function ResidualSketch() {
  return [0, 1, 2].map((k) => (
    <g key={k} transform={`translate(${2 + 30 * k} 0)`}>
      <path d="M0 44C2 12 26 12 28 44" fill="none" stroke="var(--family-merge)" strokeWidth={1.4} />
      <path d="M-2 44H30" stroke="var(--line-strong)" strokeWidth={1.2} />
      <rect x={4} y={33} width={8.5} height={22} rx={2} fill="var(--family-convolution)" />
      <rect x={15} y={33} width={8.5} height={22} rx={2} fill="var(--family-convolution)" opacity={0.7} />
      <circle cx={28} cy={44} r={2.4} fill="var(--family-merge)" />
    </g>
  ));
}

/** Narrow in the middle. */
export function HourglassSketch() {
  const heights = [64, 44, 26, 10, 26, 44, 64];
  return heights.map((height, k) => (
    <rect
      // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place
      key={k}
      x={2 + 12.6 * k}
      y={44 - height / 2}
      width={8}
      height={height}
      rx={2}
      fill={`var(--family-${k === 3 || k === 2 || k === 4 ? "core" : "convolution"})`}
      opacity={k === 3 ? 1 : 0.75}
    />
  ));
}

/** A cell over time, each handing its state on. */
export function RecurrentSketch({ layers = 1 }: { readonly layers?: 1 | 2 }) {
  const rows = layers === 1 ? [44] : [54, 30];
  return rows.map((y) => (
    <g key={y}>
      {[0, 1, 2, 3].map((k) => (
        <g key={k} transform={`translate(${3 + 22.5 * k} ${y})`}>
          {k < 3 && (
            <path d="M15 0h7.5m-3-2.5l3 2.5-3 2.5" fill="none" stroke="var(--family-recurrent)" strokeWidth={1.3} />
          )}
          <path
            d={layers === 1 ? "M7.5 24V9M7.5-9v-15" : "M7.5 15V9M7.5-9v-6"}
            stroke="var(--line-strong)"
            strokeWidth={1.2}
          />
          <rect y={-8} width={15} height={16} rx={3.5} fill="var(--family-recurrent)" opacity={0.45 + 0.18 * k} />
        </g>
      ))}
    </g>
  ));
}

/** Tokens that look at those before them, block upon block. */
export function TransformerSketch({ isCausal }: { readonly isCausal: boolean }) {
  const xs = [8, 26, 44, 62, 80];
  return [26, 66].map((y) => (
    <g key={y}>
      {xs.flatMap((from, k) =>
        xs.map((to, j) =>
          isCausal && j > k ? null : (
            <line
              key={`${from} ${to}`}
              x1={from}
              y1={y - 12}
              x2={to}
              y2={y + 12}
              stroke="var(--family-attention)"
              strokeWidth={0.8}
              opacity={0.25 + ((k * 3 + j * 5) % 4) * 0.2}
            />
          ),
        ),
      )}
      {xs.flatMap((x) => [
        <circle key={x} cx={x} cy={y - 12} r={3.4} fill="var(--family-attention)" />,
        <circle key={-x} cx={x} cy={y + 12} r={3.4} fill="var(--family-block)" />,
      ])}
    </g>
  ));
}
