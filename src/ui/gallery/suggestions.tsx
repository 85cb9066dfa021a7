import { Lightbulb, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Experiment } from "../../app/engine-types.ts";
import { loadBase } from "../../app/link/bases.ts";
import type { Ground, Suggestions as SuggestionsOfPreset } from "../../app/suggestions/suggestion.ts";
import { loadSuggestions, stretchesOf } from "../../app/suggestions.ts";
import { useText } from "../i18n.ts";
import { useCatalogue, usePlayground, useRun } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";
import { FoldingCard } from "../primitives/folding-card.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import { MoveButton } from "./move-button.tsx";

interface SuggestionsProps {
  readonly preset: string;
  /** Its title alone, which unfolds. */
  readonly isFolded: boolean;
  readonly onDismiss: () => void;
}

/** A sentence or two whose words do what they say. It is an extra: where it cannot be loaded, nothing is said. */
export function Suggestions({ preset, isFolded, onDismiss }: SuggestionsProps) {
  const { t } = useTranslation("gallery");
  const text = useText();
  const ground = useGround(preset);
  const suggestions = useSuggestions(preset);
  if (ground === undefined || suggestions === undefined) return null;
  const sentence = stretchesOf(text(suggestions.text)).map(({ words, move }) => {
    const chosen = move === undefined ? undefined : suggestions.moves[move];
    return chosen === undefined ? words : <MoveButton key={move} words={words} move={chosen} ground={ground} />;
  });
  if (isFolded) {
    return (
      <FoldingCard title={t("tryNext")} icon={Lightbulb} isFoldedAtFirst>
        <p className="leading-loose text-muted">{sentence}</p>
        <Button look="quiet" className="mt-1 -ml-3" onClick={onDismiss}>
          {t("dismissShort")}
        </Button>
      </FoldingCard>
    );
  }
  return (
    <section
      aria-label={t("tryNext")}
      className="flex w-full max-w-xl items-start gap-1 rounded-xl border border-line bg-panel py-2 pr-1.5 pl-3.5 shadow-card"
    >
      <p className="py-0.5 leading-relaxed text-muted">
        <span className="font-medium text-text">{t("tryNextOf", { text: "" })}</span>
        {sentence}
      </p>
      <IconButton label={t("dismiss")} onClick={onDismiss} className="size-6">
        <X size={13} />
      </IconButton>
    </section>
  );
}

function useSuggestions(preset: string): SuggestionsOfPreset | undefined {
  const [suggestions, setSuggestions] = useState<SuggestionsOfPreset>();
  useEffect(() => {
    loadSuggestions(preset).then(setSuggestions, () => setSuggestions(undefined));
  }, [preset]);
  return suggestions;
}

/** What moves need to know; undefined until all of it is known. */
function useGround(name: string): Ground | undefined {
  const { engine } = usePlayground();
  const catalogue = useCatalogue();
  const outputNode = useRun(({ draft }) => draft?.outputNode);
  const [preset, setPreset] = useState<Experiment>();
  useEffect(() => {
    loadBase(name)
      ?.then((json) => engine.call("parse", json))
      .then(setPreset, () => setPreset(undefined));
  }, [name, engine]);
  return catalogue && preset && { catalogue, preset, outputNode };
}
