import type { Suggestions } from "./suggestions/suggestion.ts";

type SuggestionsFile = () => Promise<{ readonly suggestions: Suggestions }>;

/** What to try next, by the preset's name. A new preset's is a file in suggestions/ and its line here. */
const files: Readonly<Record<string, SuggestionsFile>> = {
  "spiral-mlp": () => import("./suggestions/spiral-mlp.ts"),
  "regression-mlp": () => import("./suggestions/regression-mlp.ts"),
  "digits-cnn": () => import("./suggestions/digits-cnn.ts"),
  lenet5: () => import("./suggestions/lenet5.ts"),
  "shapes-resnet": () => import("./suggestions/shapes-resnet.ts"),
  "digits-autoencoder": () => import("./suggestions/digits-autoencoder.ts"),
  "sine-lstm": () => import("./suggestions/sine-lstm.ts"),
  "waveform-gru": () => import("./suggestions/waveform-gru.ts"),
  "text-lstm": () => import("./suggestions/text-lstm.ts"),
  "text-gpt": () => import("./suggestions/text-gpt.ts"),
  "addition-seq": () => import("./suggestions/addition-seq.ts"),
};

/** Undefined where there is nothing to suggest. */
export async function loadSuggestions(preset: string): Promise<Suggestions | undefined> {
  return (await files[preset]?.())?.suggestions;
}

/** A stretch of a suggestion's text: words as they are, or words that are a control. */
export interface Stretch {
  readonly words: string;
  readonly move: string | undefined;
}

/** "make it [deeper](deeper)" in stretches. */
export function stretchesOf(text: string): Stretch[] {
  return text.split(/(\[[^\]]+\]\(\w+\))/).map((part) => {
    const [, words, move] = /^\[([^\]]+)\]\((\w+)\)$/.exec(part) ?? [];
    return words === undefined ? { words: part, move: undefined } : { words, move };
  });
}
