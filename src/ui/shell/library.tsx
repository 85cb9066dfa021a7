import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Palette } from "../palette/palette.tsx";
import { Part } from "../primitives/part.tsx";
import { Tabs } from "../primitives/tabs.tsx";

const DataPanel = lazy(async () => ({ default: (await import("../data/data-panel.tsx")).DataPanel }));
const TrainingPanel = lazy(async () => ({ default: (await import("../training/training-panel.tsx")).TrainingPanel }));

/** What a network is made of and how it learns: layers, data, training. */
export function Library() {
  const { t } = useTranslation("shell");
  const [tab, setTab] = useState<"layers" | "data" | "training">("layers");
  return (
    <Tabs
      label={t("library")}
      look="boxed"
      value={tab}
      onChange={setTab}
      className="h-full p-2.5"
      tabs={[
        { value: "layers", label: t("layers"), content: () => <Palette /> },
        {
          value: "data",
          label: t("data"),
          content: () => (
            <Part>
              <DataPanel />
            </Part>
          ),
        },
        {
          value: "training",
          label: t("training"),
          content: () => (
            <Part>
              <TrainingPanel />
            </Part>
          ),
        },
      ]}
    />
  );
}
