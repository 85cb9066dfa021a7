import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { Group, Panel, Separator } from "react-resizable-panels";
import { Canvas } from "../canvas/canvas.tsx";
import { Inspector } from "../inspector/inspector.tsx";
import { Part } from "../primitives/part.tsx";
import { Library } from "./library.tsx";
import { useHidden } from "./use-hidden.ts";
import { useKeptSizes } from "./use-kept-sizes.ts";

const Charts = lazy(async () => ({ default: (await import("../charts/charts.tsx")).Charts }));
const Runs = lazy(async () => ({ default: (await import("../runs/runs.tsx")).Runs }));
const Results = lazy(async () => ({ default: (await import("../views/results.tsx")).Results }));

/** Everything beside each other: library, network and settings above; loss, runs and results below. */
export function WideLayout() {
  const { t } = useTranslation("shell");
  const hidden = {
    library: useHidden("library"),
    inspector: useHidden("inspector"),
    loss: useHidden("loss"),
    runs: useHidden("runs"),
    results: useHidden("results"),
  };
  const hasBottom = !(hidden.loss && hidden.runs && hidden.results);
  const shown = (panels: readonly (keyof typeof hidden)[]) => panels.filter((panel) => !hidden[panel]);
  const rows = useKeptSizes(hasBottom ? ["above", "below"] : ["above"]);
  const upper = useKeptSizes([...shown(["library"]), "canvas", ...shown(["inspector"])]);
  const lower = useKeptSizes(shown(["loss", "runs", "results"]));
  return (
    // What separates the panels belongs to the main part of the page as well.
    <main className="flex min-h-0 flex-1 flex-col">
      <Group orientation="vertical" id="rows" className="min-h-0 flex-1" {...rows}>
        <Panel id="above" minSize="30%">
          <Group id="upper" {...upper}>
            {!hidden.library && (
              <>
                <Panel
                  id="library"
                  defaultSize={224}
                  minSize={170}
                  maxSize={420}
                  groupResizeBehavior="preserve-pixel-size"
                >
                  <aside aria-label={t("library")} className="flex h-full flex-col bg-panel">
                    <Part>
                      <Library />
                    </Part>
                  </aside>
                </Panel>
                <Divider of={t("library")} />
              </>
            )}
            <Panel id="canvas" minSize={260}>
              <section aria-label={t("network")} className="relative h-full">
                <Part>
                  <Canvas />
                </Part>
              </section>
            </Panel>
            {!hidden.inspector && (
              <>
                <Divider of={t("inspector")} />
                <Panel
                  id="inspector"
                  defaultSize={292}
                  minSize={220}
                  maxSize={480}
                  groupResizeBehavior="preserve-pixel-size"
                >
                  <aside aria-label={t("inspector")} className="h-full overflow-auto bg-panel">
                    <Part>
                      <Inspector />
                    </Part>
                  </aside>
                </Panel>
              </>
            )}
          </Group>
        </Panel>
        {hasBottom && (
          <>
            <Divider of={t("network")} isHorizontal />
            <Panel id="below" defaultSize={280} minSize={120} groupResizeBehavior="preserve-pixel-size">
              <Group id="lower" className="bg-panel" {...lower}>
                {!hidden.loss && (
                  <Panel id="loss" defaultSize="44%" minSize={220}>
                    <section aria-label={t("loss")} className="flex h-full flex-col overflow-hidden px-4 py-2.5">
                      <Part>
                        <Charts />
                      </Part>
                    </section>
                  </Panel>
                )}
                {!hidden.runs && (
                  <>
                    {!hidden.loss && <Divider of={t("loss")} />}
                    <Panel id="runs" defaultSize="20%" minSize={180}>
                      <section aria-label={t("runs")} className="flex h-full flex-col overflow-hidden px-4 py-2.5">
                        <Part>
                          <Runs />
                        </Part>
                      </section>
                    </Panel>
                  </>
                )}
                {!hidden.results && (
                  <>
                    {!(hidden.loss && hidden.runs) && <Divider of={t("results")} />}
                    <Panel id="results" defaultSize="36%" minSize={220}>
                      <section aria-label={t("results")} className="flex h-full flex-col overflow-hidden px-4 py-2.5">
                        <Part>
                          <Results />
                        </Part>
                      </section>
                    </Panel>
                  </>
                )}
              </Group>
            </Panel>
          </>
        )}
      </Group>
    </main>
  );
}

/** A line between panels that can be dragged, or moved with the arrow keys. */
function Divider({ of: panel, isHorizontal = false }: { readonly of: string; readonly isHorizontal?: boolean }) {
  const { t } = useTranslation("shell");
  return (
    <Separator
      aria-label={t("resize", { panel })}
      className={`${isHorizontal ? "h-px" : "w-px"} bg-line hover:bg-accent focus-visible:bg-accent data-[separator=active]:bg-accent`}
    />
  );
}
