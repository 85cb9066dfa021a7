import { useTranslation } from "react-i18next";
import type { ColumnDescription, SampleValues } from "../../app/engine-types.ts";
import { SampleTile } from "./sample-tile.tsx";
import type { SamplesProps } from "./samples-props.ts";

/** Windows of a text, with what they hold as it is. */
export function TextSamples({ data, samples, from, subject, onPick }: SamplesProps) {
  const { t } = useTranslation("data");
  const [input] = data.inputs;
  if (input === undefined) return null;
  return (
    <div className="space-y-1.5">
      {Array.from({ length: samples.count }, (_, k) => {
        const place = from + k;
        const text = tokensOf(input, samples, k).join("");
        return (
          <SampleTile
            key={place}
            label={`${t("sample", { number: place + 1 })}: ${text}`}
            isSubject={place === subject}
            onPick={onPick && (() => onPick(place))}
            className="w-full bg-sunken px-2 py-1.5"
          >
            <span className="line-clamp-6 font-mono text-xs break-words whitespace-pre-wrap">{text}</span>
          </SampleTile>
        );
      })}
    </div>
  );
}

/** Questions with the answers that are to be written. */
export function AnswerSamples({ data, samples, from, subject, onPick }: SamplesProps) {
  const { t } = useTranslation("data");
  const [input] = data.inputs;
  if (input === undefined) return null;
  return (
    <div className="space-y-0.5">
      {Array.from({ length: samples.count }, (_, k) => {
        const place = from + k;
        const answer = tokensOf(data.target, samples, k).join("");
        const question = tokensOf(input, samples, k).join("").replace(/·+$/, "");
        return (
          <SampleTile
            key={place}
            label={`${t("sample", { number: place + 1 })}: ${question}${answer}`}
            isSubject={place === subject}
            onPick={onPick && (() => onPick(place))}
            className="flex min-h-6 w-full items-center bg-sunken px-2"
          >
            <span className="block truncate font-mono text-xs whitespace-pre">
              {question}
              <span className="font-semibold text-accent">{answer}</span>
            </span>
          </SampleTile>
        );
      })}
    </div>
  );
}

/** The tokens of a sample; those that do not count are left out. */
function tokensOf({ name, shape, categories = [] }: ColumnDescription, samples: SampleValues, k: number): string[] {
  const size = shape.reduce((product, side) => product * side, 1);
  const values = samples.columns.get(name)?.subarray(k * size, (k + 1) * size) ?? [];
  return Array.from(values).flatMap((token) => (token < 0 ? [] : [categories[token] ?? `⟨${token}⟩`]));
}
