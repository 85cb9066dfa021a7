import { linePath } from "./noise.ts";

/** Each a function of turns. */
const forms: readonly ((turns: number) => number)[] = [
  (turns) => Math.sin(2 * Math.PI * turns),
  (turns) => (turns % 1 < 0.5 ? 1 : -1),
  (turns) => 4 * Math.abs((turns % 1) - 0.5) - 1,
  (turns) => 2 * (turns % 1) - 1,
];

/** The four waveforms that are to be told apart. */
export function Waveforms() {
  return forms.map((form, k) => {
    const points = Array.from({ length: 97 }, (_, x) => [2 + x, 11 + 22 * k - 7 * form(x / (22 + 5 * k))] as const);
    return (
      <path
        // biome-ignore lint/suspicious/noArrayIndexKey: a waveform is its place
        key={k}
        d={linePath(points)}
        fill="none"
        stroke={`var(--run-${k})`}
        strokeWidth={1.7}
        strokeLinejoin="round"
      />
    );
  });
}
