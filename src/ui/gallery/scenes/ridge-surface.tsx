const COLUMNS = 26;
const ROWS = 22;
const CELL = 4;

/** The winding ridge as a map: the higher, the stronger the colour. */
export function RidgeSurface() {
  return (
    <g transform="translate(-2 0)">
      {Array.from({ length: COLUMNS * ROWS }, (_, k) => {
        const [column, row] = [k % COLUMNS, Math.floor(k / COLUMNS)];
        const [x, y] = [(2 * column) / (COLUMNS - 1) - 1, 1 - (2 * row) / (ROWS - 1)];
        const height = Math.exp(-(((y - Math.sin(Math.PI * x) / 2) / 0.3) ** 2));
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
            key={k}
            x={column * CELL}
            y={row * CELL}
            width={CELL}
            height={CELL}
            fill="var(--run-0)"
            opacity={0.06 + 0.9 * height}
          />
        );
      })}
    </g>
  );
}
