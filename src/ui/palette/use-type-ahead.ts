import { useRef } from "react";

/** Letters that follow one another within this time, in milliseconds, are of one word. */
const WORD_MS = 700;

const NOTHING = { text: "", at: Number.NEGATIVE_INFINITY };

/** Finds the next name that begins with what is being typed: a letter again and again goes through all of that letter. */
export function useTypeAhead() {
  const typed = useRef(NOTHING);
  return {
    find: (key: string, from: number, names: readonly string[]): number | undefined => {
      const { text, at } = typed.current;
      const now = performance.now();
      const isOneWord = now - at < WORD_MS && !(text.length === 1 && text === key);
      const word = (isOneWord ? text : "") + key;
      typed.current = { text: word, at: now };
      return nextWith(word, word.length > 1 ? from : from + 1, names);
    },
    /** Another key ends the word. */
    end: (): void => {
      typed.current = NOTHING;
    },
  };
}

/** The first name from a place on, and from the beginning after the last, that begins with a word. */
function nextWith(word: string, from: number, names: readonly string[]): number | undefined {
  const places = names.map((_, k) => (from + k) % names.length);
  return places.find((place) => names[place]?.toLowerCase().startsWith(word.toLowerCase()));
}
