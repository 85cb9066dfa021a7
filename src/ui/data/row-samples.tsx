import { useTranslation } from "react-i18next";
import { formatNumber } from "../format.ts";
import { useDataName } from "../use-data-name.ts";
import type { SamplesProps } from "./samples-props.ts";
import { useTargetText } from "./use-target-text.ts";

/** Features beyond this many are not shown. */
const MAX_FEATURES = 8;

/** Samples as rows of numbers: the target first, then the features. */
export function RowSamples({ data, samples, from, subject, onPick }: SamplesProps) {
  const { t } = useTranslation("data");
  const nameOf = useDataName();
  const targetText = useTargetText();
  const [input] = data.inputs;
  const values = input && samples.columns.get(input.name);
  if (input === undefined || values === undefined) return null;
  const size = input.shape.reduce((product, side) => product * side, 1);
  const features = Array.from({ length: Math.min(size, MAX_FEATURES) }, (_, k) => k);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled from the keyboard
    <section aria-label={t("rows")} tabIndex={0} className="overflow-x-auto rounded">
      <table className="w-full text-right text-xs">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="px-1 py-0.5 font-medium">
              №
            </th>
            <th scope="col" className="px-1 py-0.5 text-left font-medium">
              {nameOf(data.target.name)}
            </th>
            {features.map((feature) => (
              <th key={feature} scope="col" className="px-1 py-0.5 font-medium">
                {feature + 1}
              </th>
            ))}
            {size > MAX_FEATURES && (
              <th
                scope="col"
                className="px-1 py-0.5 font-medium"
                title={t("moreFeatures", { count: size - MAX_FEATURES })}
              >
                …
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: samples.count }, (_, k) => {
            const place = from + k;
            return (
              <tr key={place} className={place === subject ? "bg-accent-soft" : undefined}>
                <th scope="row" className="px-1 py-0.5 font-normal text-muted">
                  {onPick === undefined ? (
                    place + 1
                  ) : (
                    <button
                      type="button"
                      aria-label={t("lookAt", { number: place + 1 })}
                      aria-pressed={place === subject}
                      onClick={() => onPick(place)}
                      className="min-h-6 min-w-6 rounded text-accent hover:underline"
                    >
                      {place + 1}
                    </button>
                  )}
                </th>
                <td className="max-w-20 truncate px-1 text-left font-medium">{targetText(data.target, samples, k)}</td>
                {features.map((feature) => (
                  <td key={feature} className="px-1">
                    {formatNumber(values[k * size + feature] as number, 2)}
                  </td>
                ))}
                {size > MAX_FEATURES && <td />}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
