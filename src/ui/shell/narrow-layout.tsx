import { Activity, Images, LibraryBig, type LucideIcon, Network, Settings2, SquareActivity } from "lucide-react";
import { type ComponentType, lazy } from "react";
import { useTranslation } from "react-i18next";
import { Canvas } from "../canvas/canvas.tsx";
import { Inspector } from "../inspector/inspector.tsx";
import { Part } from "../primitives/part.tsx";
import { Library } from "./library.tsx";
import { type PanelName, useShownPanel } from "./shown-panel.ts";
import { useHidden } from "./use-hidden.ts";

const Charts = lazy(async () => ({ default: (await import("../charts/charts.tsx")).Charts }));
const Runs = lazy(async () => ({ default: (await import("../runs/runs.tsx")).Runs }));
const Results = lazy(async () => ({ default: (await import("../views/results.tsx")).Results }));

const PANELS: Record<PanelName, { readonly icon: LucideIcon; readonly content: ComponentType }> = {
  network: { icon: Network, content: Canvas },
  library: { icon: LibraryBig, content: Library },
  inspector: { icon: Settings2, content: Inspector },
  loss: { icon: Activity, content: Charts },
  runs: { icon: SquareActivity, content: Runs },
  results: { icon: Images, content: Results },
};

/** One panel at a time, chosen at the bottom: for phones. */
export function NarrowLayout() {
  const { t } = useTranslation("shell");
  const asked = useShownPanel(({ panel }) => panel);
  const hidden: Record<PanelName, boolean> = {
    network: false,
    library: useHidden("library"),
    inspector: useHidden("inspector"),
    loss: useHidden("loss"),
    runs: useHidden("runs"),
    results: useHidden("results"),
  };
  const chosen = hidden[asked] ? "network" : asked;
  const { content: Content } = PANELS[chosen];
  const isPadded = chosen === "loss" || chosen === "runs" || chosen === "results";
  return (
    <>
      <main
        id="canvas"
        aria-label={t(chosen)}
        className={`relative flex min-h-0 flex-1 flex-col overflow-auto ${chosen === "network" ? "" : "bg-panel"} ${isPadded ? "px-4 py-2.5" : ""}`}
      >
        <Part key={chosen}>
          <Content />
        </Part>
      </main>
      <nav
        aria-label={t("panels")}
        className="flex shrink-0 border-t border-line bg-panel pb-[env(safe-area-inset-bottom)]"
      >
        {(Object.keys(PANELS) as PanelName[])
          .filter((name) => !hidden[name])
          .map((name) => {
            const { icon: Icon } = PANELS[name];
            return (
              <button
                key={name}
                type="button"
                aria-current={name === chosen ? "page" : undefined}
                onClick={() => useShownPanel.setState({ panel: name })}
                className="flex min-w-0 flex-1 flex-col items-center gap-0.5 py-1.5 text-xs text-muted aria-[current=page]:font-medium aria-[current=page]:text-accent"
              >
                <Icon size={18} aria-hidden />
                <span className="max-w-full truncate">{t(name)}</span>
              </button>
            );
          })}
      </nav>
    </>
  );
}
