import { useEffect, useState } from "react";
import type { Text } from "../../app/engine-types.ts";
import { presets } from "../../app/presets.ts";
import { loadSuggestions, stretchesOf } from "../../app/suggestions.ts";
import { useText } from "../i18n.ts";

/** What to try next with each preset, in plain words; without those that cannot be loaded. */
export function useNextTexts(): ReadonlyMap<string, string> {
  const text = useText();
  const [texts, setTexts] = useState<ReadonlyMap<string, Text>>(new Map());
  useEffect(() => {
    let isGone = false;
    Promise.all(presets.map(async ({ name }) => [name, await textOf(name)] as const)).then((all) => {
      if (!isGone) setTexts(new Map(all.flatMap(([name, found]) => (found ? [[name, found]] : []))));
    });
    return () => {
      isGone = true;
    };
  }, []);
  const plain = (marked: string) =>
    stretchesOf(marked)
      .map(({ words }) => words)
      .join("");
  return new Map([...texts].map(([name, marked]) => [name, plain(text(marked))]));
}

async function textOf(preset: string): Promise<Text | undefined> {
  try {
    return (await loadSuggestions(preset))?.text;
  } catch {
    return undefined;
  }
}
