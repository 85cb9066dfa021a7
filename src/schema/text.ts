/** A sentence or label as people read it, in every language of the screen. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}
