import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fitted, kindOfTarget } from "../../app/edits/fit-target.ts";
import { useCatalogue, usePlayground } from "../playground.tsx";

/** Reads files, gives them to the data source, and fits loss, metrics and last layer to what turns out to be in them. */
export function useTakeFiles() {
  const { t } = useTranslation("data");
  const { conductor, experiments, files: store, run } = usePlayground();
  const catalogue = useCatalogue();
  const [isReading, setIsReading] = useState(false);
  const [fault, setFault] = useState<string>();

  const take = async (files: readonly File[]) => {
    if (files.length === 0) return;
    setIsReading(true);
    setFault(undefined);
    try {
      const read = await Promise.all(
        files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      );
      store.setState({ files: files.map(({ name, size }) => ({ name, size })) });
      // biome-ignore lint/correctness/useHookAtTopLevel: a method of the conductor, not a hook
      await conductor.useFiles(read);
      fit();
    } catch (error) {
      // What a browser says of a file that is gone, or a folder; and of one that is larger than its memory.
      if (!(error instanceof DOMException || error instanceof RangeError)) throw error;
      setFault(t("unreadable", { name: files.map(({ name }) => name).join(", "), reason: error.message }));
    } finally {
      setIsReading(false);
    }
  };

  const fit = () => {
    const { draft, problem } = run.getState();
    if (draft === undefined || catalogue === undefined || problem?.kind === "data") return;
    const target = kindOfTarget(draft.data.target);
    const options = { outputNode: draft.outputNode, keepsEither: true };
    experiments.edit((experiment) => fitted(experiment, target, catalogue, options));
  };

  return { take, isReading, fault };
}
