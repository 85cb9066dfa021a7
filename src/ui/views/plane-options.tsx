import { useTranslation } from "react-i18next";
import { Toggle } from "../primitives/toggle.tsx";
import { useResults } from "./results-store.ts";

/** What can be chosen of maps over the plane. */
export function PlaneOptions() {
  const { t } = useTranslation("views");
  const { isDiscretized, hasValidationPoints } = useResults();
  return (
    <div className="flex flex-col gap-1">
      <Option
        label={t("discretize")}
        value={isDiscretized}
        onChange={(value) => useResults.setState({ isDiscretized: value })}
      />
      <Option
        label={t("validationPoints")}
        value={hasValidationPoints}
        onChange={(value) => useResults.setState({ hasValidationPoints: value })}
      />
    </div>
  );
}

interface OptionProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

function Option({ label, value, onChange }: OptionProps) {
  return (
    <div className="flex min-h-6 items-center justify-between gap-2 text-muted pointer-coarse:min-h-9">
      <span aria-hidden>{label}</span>
      <Toggle label={label} value={value} onChange={onChange} />
    </div>
  );
}
