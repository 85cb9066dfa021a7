import { classNames } from "../primitives/class-names.ts";
import { formatPercent } from "./percent.ts";

interface ProbabilityBarsProps {
  readonly label: string;
  readonly probabilities: ArrayLike<number>;
  readonly classes: readonly string[];
}

/** How probable each class seems; the likeliest stands out. */
export function ProbabilityBars({ label, probabilities, classes }: ProbabilityBarsProps) {
  const all = Array.from(probabilities);
  const likeliest = all.indexOf(Math.max(...all));
  return (
    <ul aria-label={label} className="grid grid-cols-[auto_1fr_auto] content-start items-center gap-x-2 gap-y-px">
      {all.map((probability, k) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: classes are known by their place
          key={k}
          className={classNames(
            "col-span-3 grid grid-cols-subgrid items-center leading-[1.35]",
            k === likeliest ? "font-semibold" : "text-muted",
          )}
        >
          <span className="max-w-28 truncate text-right">{classes[k] ?? k}</span>
          <span aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken">
            <span
              className={classNames("block h-full rounded-full", k === likeliest ? "bg-accent" : "bg-line-strong")}
              style={{ width: `${100 * (Number.isFinite(probability) ? probability : 0)}%` }}
            />
          </span>
          <span className="w-11 text-right">{formatPercent(probability)}</span>
        </li>
      ))}
    </ul>
  );
}
