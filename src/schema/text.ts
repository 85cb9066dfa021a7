/** A sentence or label as people read it, in every language of the screen. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** A name or a value, which is the same in every language. */
export function alike(text: string): Text {
  return { en: text, zh: text };
}
