import { CARD_WIDTH, type Size } from "./box.ts";

// The heights of a card's parts, in pixels: what `layer-card.tsx` draws. Cards are laid out by them before they are drawn.
const BORDER = 2;
const PADDING = 9;
const TITLE_LINE = 18;
const SETTINGS_LINE = 17;
const PICTURE_MARGIN = 9;
const FOOTER = 27;
const PROBLEM_LINE = 17;
const PROBLEM_PADDING = 18;
const REPAIR = 34;

/** Letters that fit into a line. */
const TITLE_LETTERS = 17;
const PROBLEM_LETTERS = 21;

export interface CardContent {
  readonly title: string;
  readonly settings: string;
  readonly pictureHeight: number;
  readonly problem: string | undefined;
  readonly repairs: number;
}

/** The size a card is going to have; a guess only where a problem's sentence takes lines that are not known before. */
export function cardSize({ title, settings, pictureHeight, problem, repairs }: CardContent): Size {
  const lines = Math.ceil(title.length / TITLE_LETTERS);
  const header = 2 * PADDING + lines * TITLE_LINE + (settings === "" ? 0 : SETTINGS_LINE);
  const picture = pictureHeight === 0 ? 0 : pictureHeight + PICTURE_MARGIN;
  const sentence =
    problem === undefined
      ? 0
      : PROBLEM_PADDING + Math.ceil(problem.length / PROBLEM_LETTERS) * PROBLEM_LINE + repairs * REPAIR;
  return { width: CARD_WIDTH, height: BORDER + header + picture + sentence + FOOTER };
}
