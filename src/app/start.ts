import { autosave } from "./autosave.ts";
import { keepRuns } from "./keep-runs.ts";
import type { Playground } from "./playground.ts";
import { indexedDbRuns } from "./runs-storage.ts";

/** Fills the page: what can be chosen, and the experiment that the address or the last visit says. */
export async function start(playground: Playground): Promise<void> {
  const { engine, catalogue, experiments, opener } = playground;
  engine.call("catalogue").then(
    (all) => catalogue.setState({ catalogue: all }),
    () => undefined, // that the worker cannot be loaded is told as news
  );
  const keepExperiment = autosave(playground, () => opener.refuse({ of: "saving" }));
  const keepRunsNow = keepRuns(playground.runs, indexedDbRuns());
  const keep = () => {
    keepExperiment();
    keepRunsNow();
  };
  // A page in the background may end without another word.
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  // So that the steps of the browser's history can be told apart.
  experiments.subscribe(({ experiment }) => {
    if (experiment !== undefined) document.title = `${experiment.name} · Descent`;
  });
  await opener.openFirst();
}
