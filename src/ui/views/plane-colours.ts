import { classColour } from "../pixels/class-colours.ts";
import { colourAt, mixed, packed, parsedColour, type Ramp } from "../pixels/ramp.ts";

/** What the model says all over the plane: (rows, columns, outputs). */
export interface PlaneValues {
  readonly rows: number;
  readonly columns: number;
  readonly outputs: number;
  readonly values: ArrayLike<number>;
}

/** What is undecided, by theme: the middle of the diverging ramps. */
const NEUTRAL = { light: parsedColour("#f3f3f1"), dark: parsedColour("#262624") };

/** How many steps of confidence are told apart. */
const STEPS = 64;

/** One value of the plane between its grid's points, so that a coarse grid gives a smooth picture. */
export function valueBetween(plane: PlaneValues, row: number, column: number, output: number): number {
  const { rows, columns, outputs, values } = plane;
  const top = Math.min(Math.max(Math.floor(row), 0), rows - 1);
  const left = Math.min(Math.max(Math.floor(column), 0), columns - 1);
  const bottom = Math.min(top + 1, rows - 1);
  const right = Math.min(left + 1, columns - 1);
  const down = Math.min(Math.max(row - top, 0), 1);
  const over = Math.min(Math.max(column - left, 0), 1);
  const at = (r: number, c: number) => values[(r * columns + c) * outputs + output] as number;
  const upper = at(top, left) + over * (at(top, right) - at(top, left));
  const lower = at(bottom, left) + over * (at(bottom, right) - at(bottom, left));
  return upper + down * (lower - upper);
}

/** The likeliest class at each place of a finer picture in its colour, the paler the less sure; discretized, all as sure. */
export function classPicture(
  plane: PlaneValues,
  finer: number,
  isDiscretized: boolean,
  theme: "light" | "dark",
): (pixel: number) => number {
  const { outputs, columns } = plane;
  const shades = Array.from({ length: outputs }, (_, label) =>
    Array.from({ length: STEPS + 1 }, (_, k) =>
      packed(mixed(NEUTRAL[theme], classColour(label).rgb, (0.85 * k) / STEPS)),
    ),
  );
  return (pixel) => {
    const [row, column] = placeOf(pixel, columns * finer, finer);
    let [best, most] = [0, Number.NEGATIVE_INFINITY];
    for (let output = 0; output < outputs; output++) {
      const value = valueBetween(plane, row, column, output);
      if (value > most) [best, most] = [output, value];
    }
    if (Number.isNaN(most) || most === Number.NEGATIVE_INFINITY) return 0;
    const sure = isDiscretized ? 0.75 : (most * outputs - 1) / Math.max(1, outputs - 1);
    const shade = Math.round(STEPS * Math.min(Math.max(sure, 0), 1));
    return (shades[best] as number[])[shade] as number;
  };
}

/** Bands of a discretized surface. */
const BANDS = 8;

/** The number at each place of a finer picture in its colour; discretized, in bands. */
export function surfacePicture(
  plane: PlaneValues,
  finer: number,
  [least, largest]: readonly [number, number],
  ramp: Ramp,
  isDiscretized: boolean,
): (pixel: number) => number {
  return (pixel) => {
    const [row, column] = placeOf(pixel, plane.columns * finer, finer);
    const t = (valueBetween(plane, row, column, 0) - least) / (largest - least);
    if (!isDiscretized || Number.isNaN(t)) return colourAt(ramp, t);
    return colourAt(ramp, (Math.floor(Math.min(Math.max(t, 0), 0.999) * BANDS) + 0.5) / BANDS);
  };
}

/** The share of the plane where each class is the likeliest. */
export function classShares({ values, outputs }: PlaneValues): number[] {
  const counts = new Array<number>(outputs).fill(0);
  const cells = values.length / outputs;
  for (let cell = 0; cell < cells; cell++) {
    let best = 0;
    for (let output = 1; output < outputs; output++) {
      if ((values[cell * outputs + output] as number) > (values[cell * outputs + best] as number)) best = output;
    }
    counts[best] = (counts[best] as number) + 1 / cells;
  }
  return counts;
}

/** Where on the grid the middle of a finer picture's pixel lies. */
function placeOf(pixel: number, across: number, finer: number): [row: number, column: number] {
  return [(Math.floor(pixel / across) + 0.5) / finer - 0.5, ((pixel % across) + 0.5) / finer - 0.5];
}
