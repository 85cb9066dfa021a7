const star = (points: number, inner: number) =>
  Array.from({ length: 2 * points }, (_, k) => {
    const radius = k % 2 === 0 ? 11 : inner;
    const angle = (Math.PI * k) / points;
    return `${(radius * Math.sin(angle)).toFixed(1)},${(-radius * Math.cos(angle)).toFixed(1)}`;
  }).join(" ");

const OUTLINES = [star(5, 4.6), star(3, 5.5), star(4, 4), star(6, 9.6), star(4, 7.8), star(8, 6)];
const COLOURS = ["run-1", "run-2", "run-3", "run-4", "family-normalization", "family-activation"];

/** Shapes in colour on patterned grounds. */
export function ShapeImages() {
  return OUTLINES.map((outline, k) => (
    <g key={outline} transform={`translate(${4 + 31 * (k % 3)} ${14 + 31 * Math.floor(k / 3)})`}>
      <rect width={28} height={28} rx={3} fill="var(--paper)" />
      {[4, 11, 18, 25].map((y) => (
        <path
          key={y}
          d={`M2 ${y}l24 ${(k % 3) * 3 - 3}`}
          stroke={`var(--${COLOURS[(k + 3) % COLOURS.length]})`}
          strokeWidth={1.5}
          opacity={0.3}
        />
      ))}
      <polygon
        points={outline}
        transform={`translate(14 14) rotate(${k * 23}) scale(.9)`}
        fill={`var(--${COLOURS[k]})`}
      />
    </g>
  ));
}
