import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../format.ts";
import { useText } from "../i18n.ts";
import { usePlayground, useRun } from "../playground.tsx";
import { Segmented } from "../primitives/segmented.tsx";
import { useDataName } from "../use-data-name.ts";
import { useSubject } from "../use-subject.ts";
import { ImageSamples } from "./image-samples.tsx";
import { PointSamples } from "./point-samples.tsx";
import { RowSamples } from "./row-samples.tsx";
import { PAGE, type SampleKind, sampleKind } from "./sample-kind.ts";
import { SamplePager } from "./sample-pager.tsx";
import type { SamplesProps } from "./samples-props.ts";
import { SeriesSamples } from "./series-samples.tsx";
import { SubjectPicker } from "./subject-picker.tsx";
import { AnswerSamples, TextSamples } from "./token-samples.tsx";
import { type Part, useSamplePage } from "./use-sample-page.ts";

const DRAWN: Record<SampleKind, React.ComponentType<SamplesProps>> = {
  points: PointSamples,
  images: ImageSamples,
  series: SeriesSamples,
  text: TextSamples,
  answers: AnswerSamples,
  rows: RowSamples,
};

/** The samples as pictures, page by page. One of the validation samples is what the views look at. */
export function SampleView() {
  const { t } = useTranslation("data");
  const text = useText();
  const nameOf = useDataName();
  const data = useRun(({ draft }) => draft?.data);
  const [part, setPart] = useState<Part>("training");
  const [first, setFirst] = useState(0);
  const { subject: store } = usePlayground();
  const looked = useSubject();
  const subject = typeof looked === "number" ? looked : undefined;
  const pick = (place: number) => store.setState({ subject: place });
  const kind = data === undefined ? "rows" : sampleKind(data);
  const count = PAGE[kind];
  const total = data === undefined ? 0 : part === "training" ? data.trainingSamples : data.validationSamples;
  // Other data may have fewer.
  const from = first < total ? first : 0;
  const { page, problem } = useSamplePage(part, from, count);

  if (data === undefined) return null;
  const Samples = DRAWN[kind];
  // What came for other data, or another part, is drawn no more.
  const isThis = page?.part === part && sampleKind(page.data) === kind;
  return (
    <section aria-label={t("samples")} className="space-y-2">
      <Segmented
        label={t("part")}
        value={part}
        options={[
          { value: "training", label: t("training") },
          { value: "validation", label: t("validation") },
        ]}
        onChange={(next) => {
          setPart(next);
          setFirst(0);
        }}
      />
      {problem !== undefined && <p className="text-bad">{text(problem.text)}</p>}
      {page !== undefined && isThis && (
        <Samples
          data={page.data}
          samples={page.samples}
          from={page.from}
          subject={part === "validation" ? subject : undefined}
          onPick={part === "validation" ? pick : undefined}
        />
      )}
      <SamplePager from={from} count={count} total={total} onChange={setFirst} />
      {part === "validation" && total > 0 && <SubjectPicker total={total} subject={subject} onPick={pick} />}
      <p className="text-xs text-muted">
        {data.inputs
          .concat(data.target)
          .map(({ name, shape }, k) => {
            const size = shape.length === 0 ? t("single") : shape.map((side) => formatNumber(side)).join(" × ");
            return `${k < data.inputs.length ? t("input") : t("target")} “${nameOf(name)}”: ${size}`;
          })
          .join(" · ")}
      </p>
    </section>
  );
}
