import { useCallback } from "react";
import { useText } from "./i18n.ts";
import { useCatalogue, useExperiment } from "./playground.tsx";

/** The names of the data's columns and classes in the language of the screen; names in the visitor's own files stay. */
export function useDataName(): (name: string) => string {
  const text = useText();
  const kind = useExperiment(({ experiment }) => experiment?.data.kind);
  const words = useCatalogue()?.dataSources.find((source) => source.kind === kind)?.words;
  return useCallback(
    (name) => {
      const word = words?.[name];
      return word === undefined ? name : text(word);
    },
    [text, words],
  );
}
