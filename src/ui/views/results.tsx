import { type ComponentType, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ResultView, resultViews, shownView } from "../../app/result-views.ts";
import { useExperiment, useRun } from "../playground.tsx";
import { Part } from "../primitives/part.tsx";
import { Tabs } from "../primitives/tabs.tsx";
import { useResults } from "./results-store.ts";
import { StepPlace } from "./view-frame.tsx";

/** Each is a download of its own, and looks into the model only while it is in sight. */
const VIEWS: Record<ResultView, ComponentType> = {
  decisionMap: lazy(async () => ({ default: (await import("./decision-map.tsx")).DecisionMap })),
  surface: lazy(async () => ({ default: (await import("./surface.tsx")).Surface })),
  text: lazy(async () => ({ default: (await import("./text-writing.tsx")).TextWriting })),
  answers: lazy(async () => ({ default: (await import("./answers.tsx")).Answers })),
  forecasts: lazy(async () => ({ default: (await import("./forecasts.tsx")).Forecasts })),
  reconstructions: lazy(async () => ({ default: (await import("./reconstructions.tsx")).Reconstructions })),
  predictions: lazy(async () => ({ default: (await import("./predictions.tsx")).Predictions })),
  confusion: lazy(async () => ({ default: (await import("./confusion.tsx")).Confusion })),
  regression: lazy(async () => ({ default: (await import("./regression.tsx")).Regression })),
  draw: lazy(async () => ({ default: (await import("./draw.tsx")).Draw })),
  filters: lazy(async () => ({ default: (await import("./filters.tsx")).Filters })),
  features: lazy(async () => ({ default: (await import("./feature-maps.tsx")).FeatureMaps })),
  states: lazy(async () => ({ default: (await import("./hidden-states.tsx")).HiddenStates })),
  attention: lazy(async () => ({ default: (await import("./attention.tsx")).Attention })),
  layers: lazy(async () => ({ default: (await import("./layers.tsx")).Layers })),
};

/** What the model does, as it learns: a tab for each view that its data and layers offer. */
export function Results() {
  const { t } = useTranslation("views");
  const { data } = useRun(({ opened }) => ({ data: opened?.data }));
  const { nodes } = useExperiment(({ experiment }) => ({ nodes: experiment?.model.nodes }));
  const chosen = useResults(({ view }) => view);
  const [place, setPlace] = useState<HTMLElement | null>(null);
  if (data === undefined || nodes === undefined) {
    return <div className="min-h-24 flex-1 rounded-lg bg-sunken/60" />;
  }
  const views = resultViews(data, nodes);
  return (
    <StepPlace value={place}>
      <Tabs
        label={t("results")}
        value={shownView(views, chosen)}
        onChange={(view) => useResults.setState({ view })}
        className="flex-1"
        aside={<span ref={setPlace} className="whitespace-nowrap" />}
        tabs={views.map((view) => {
          const View = VIEWS[view];
          return {
            value: view,
            label: t(`tabs.${view}`),
            content: () => (
              <Part fallback={<div className="min-h-24 flex-1 rounded-lg bg-sunken/60" />}>
                <View />
              </Part>
            ),
          };
        })}
      />
    </StepPlace>
  );
}
