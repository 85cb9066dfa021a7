import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../format.ts";
import { usePlayground, useRun } from "../playground.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import { useSubject } from "../use-subject.ts";
import { SamplePicture } from "./sample-picture.tsx";
import { useSubjectValues } from "./use-subject-values.ts";

/** The sample that is looked at, and the way to the others. */
export function SubjectChooser() {
  const { t } = useTranslation("views");
  const { subject: store } = usePlayground();
  const subject = useSubject();
  const values = useSubjectValues();
  const { data } = useRun(({ opened }) => ({ data: opened?.data }));
  const input = data?.inputs[0];
  if (data === undefined || input === undefined) return null;
  const count = data.validationSamples;
  const go = (by: number) => {
    const place = typeof subject === "number" ? subject + by : 0;
    store.setState({ subject: (place + count) % count });
  };
  return (
    <div className="flex min-w-0 items-center gap-0.5">
      <IconButton label={t("sampleBefore")} onClick={() => go(-1)} className="size-7">
        <ChevronLeft size={15} />
      </IconButton>
      {values && (input.dtype === "f32" || input.shape.length > 1) && (
        <SamplePicture column={input} values={values} className="size-7 shrink-0 rounded ring-1 ring-line" />
      )}
      <span className="min-w-0 truncate px-1 text-xs text-muted">
        {typeof subject === "number" ? t("sample", { sample: formatNumber(subject + 1) }) : t("yourDrawing")}
      </span>
      <IconButton label={t("sampleAfter")} onClick={() => go(1)} className="size-7">
        <ChevronRight size={15} />
      </IconButton>
    </div>
  );
}
