import { readableEndings, sourceForFiles } from "../../app/data-files.ts";
import { setData } from "../../app/edits/experiment.ts";
import { useTakeFiles } from "../data/use-take-files.ts";
import { usePlayground } from "../playground.tsx";

/** Does with dropped files what they are for: an experiment is opened, anything else becomes data. */
export function useTakeDropped(): (files: readonly File[]) => Promise<void> {
  const { catalogue, engine, experiments, opener, run } = usePlayground();
  const { take } = useTakeFiles();
  return async (files) => {
    const [first] = files;
    if (first === undefined) return;
    const experimentFile = files.find(({ name }) => name.toLowerCase().endsWith(".json"));
    if (experimentFile !== undefined) return opener.openFile(experimentFile);
    const all = catalogue.getState().catalogue ?? (await engine.call("catalogue"));
    const current = experiments.getState().experiment?.data.kind;
    const names = files.map(({ name }) => name);
    const source = sourceForFiles(names, current, all.dataSources);
    if (source === undefined) {
      const accepted = [".json", ...readableEndings(all.dataSources)].join(", ");
      return opener.refuse({ of: "file", file: names.join(", "), reason: { kind: "unknownFile", accepted } });
    }
    opener.dismiss();
    const { draft } = run.getState();
    experiments.edit((experiment) => setData(experiment, source, all, draft?.outputNode));
    await take(files);
  };
}
