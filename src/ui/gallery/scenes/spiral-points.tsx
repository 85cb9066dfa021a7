import { noise } from "./noise.ts";

const COUNT = 52;

/** The two arms of the spiral, as its data source winds them. */
export function SpiralPoints() {
  return [0, 1].flatMap((arm) =>
    Array.from({ length: COUNT }, (_, k) => {
      const radius = 0.06 + (0.94 * k) / COUNT;
      const angle = 2 * Math.PI * (radius * 1.75 + arm / 2);
      const x = 50 + 41 * radius * Math.sin(angle) + 2 * (noise(k + 99 * arm) - 0.5);
      const y = 44 - 41 * radius * Math.cos(angle) + 2 * (noise(k + 31 + 99 * arm) - 0.5);
      return <circle key={`${x} ${y}`} cx={x} cy={y} r={1.7} fill={`var(--run-${arm})`} />;
    }),
  );
}
