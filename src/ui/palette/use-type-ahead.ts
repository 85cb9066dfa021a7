import { useRef } from "react";

/** Letters that follow one another within this time, in milliseconds, are of one word. */
const WORD_MS = 700;

/** Finds the next name that begins with what is being typed: a letter again and again goes through all of that letter. */
export function useTypeAhead(): (key: string, from: number, names: readonly string[]) => number | undefined {
  const typed = useRef({ text: "", at: Number.NEGATIVE_INFINITY });
  return (key, from, names) => {
    const { text, at } = typed.current;
    const now = performance.now();
    const isOneWord = now - at < WORD_MS && !(text.length === 1 && text === key);
    const word = (isOneWord ? text : "") + key;
    typed.current = { text: word, at: now };
    return nextWith(word, word.length > 1 ? from : from + 1, names);
  };
}

/** The first name from a place on, and from the beginning after the last, that begins with a word. */
function nextWith(word: string, from: number, names: readonly string[]): number | undefined {
  const places = names.map((_, k) => (from + k) % names.length);
  return places.find((place) => names[place]?.toLowerCase().startsWith(word.toLowerCase()));
}
