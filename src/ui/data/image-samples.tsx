import { useTranslation } from "react-i18next";
import { PixelImage } from "../pixels/pixel-map.tsx";
import { SampleTile } from "./sample-tile.tsx";
import type { SamplesProps } from "./samples-props.ts";
import { useTargetText } from "./use-target-text.ts";

/** Images in a grid, each with its label. */
export function ImageSamples({ data, samples, from, subject, onPick }: SamplesProps) {
  const { t } = useTranslation("data");
  const targetText = useTargetText();
  const [input] = data.inputs;
  const values = input && samples.columns.get(input.name);
  if (values === undefined) return null;
  const [rows = 1, columns = 1, channels = 1] = input?.shape ?? [];
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(42px,1fr))] gap-1.5">
      {Array.from({ length: samples.count }, (_, k) => {
        const place = from + k;
        const target = targetText(data.target, samples, k);
        const label =
          target === undefined ? t("sample", { number: place + 1 }) : t("labelled", { number: place + 1, target });
        return (
          <SampleTile key={place} label={label} isSubject={place === subject} onPick={onPick && (() => onPick(place))}>
            <PixelImage
              values={values}
              offset={k * rows * columns * channels}
              {...{ rows, columns, channels }}
              {...(onPick === undefined && { label })}
              className="block w-full rounded-md"
              style={{ aspectRatio: columns / rows }}
            />
            {target !== undefined && (
              <span aria-hidden className="block truncate text-center text-xs text-muted">
                {target}
              </span>
            )}
          </SampleTile>
        );
      })}
    </div>
  );
}
