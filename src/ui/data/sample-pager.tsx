import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../format.ts";
import { IconButton } from "../primitives/icon-button.tsx";

interface SamplePagerProps {
  readonly from: number;
  readonly count: number;
  readonly total: number;
  readonly onChange: (from: number) => void;
}

/** Which samples are shown, and on to more of them. */
export function SamplePager({ from, count, total, onChange }: SamplePagerProps) {
  const { t } = useTranslation("data");
  const last = Math.min(from + count, total);
  return (
    <div className="flex items-center justify-between text-xs text-muted">
      <span aria-live="polite">
        {total === 0
          ? t("none")
          : t("range", { from: formatNumber(from + 1), to: formatNumber(last), total: formatNumber(total) })}
      </span>
      <span className="flex">
        <IconButton
          label={t("previous")}
          disabled={from === 0}
          onClick={() => onChange(Math.max(0, from - count))}
          className="size-7"
        >
          <ChevronLeft size={15} aria-hidden />
        </IconButton>
        <IconButton
          label={t("more")}
          disabled={last >= total}
          onClick={() => onChange(from + count)}
          className="size-7"
        >
          <ChevronRight size={15} aria-hidden />
        </IconButton>
      </span>
    </div>
  );
}
