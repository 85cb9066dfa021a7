import type { Catalogue, Experiment, Text } from "../../train/protocol.ts";

/** What to try next with a preset: a sentence or two whose words are controls. */
export interface Suggestions {
  /** Words in brackets are controls, by the name behind them: "make it [deeper](deeper)". */
  readonly text: Text;
  readonly moves: Readonly<Record<string, Move>>;
}

/** A change that can be done and taken back. */
export interface Move {
  readonly isDone: (experiment: Experiment, ground: Ground) => boolean;
  /** Why it cannot be done (any more); undefined: it can. */
  readonly obstacle: (experiment: Experiment, ground: Ground) => Obstacle | undefined;
  readonly apply: (experiment: Experiment, ground: Ground) => Experiment;
  /** Back to how the preset has it; other edits stay. */
  readonly revert: (experiment: Experiment, ground: Ground) => Experiment;
}

/** What moves need to know beside the experiment. */
export interface Ground {
  readonly catalogue: Catalogue;
  /** The preset as it was. */
  readonly preset: Experiment;
  readonly outputNode: string | undefined;
}

export type Obstacle =
  /** There is no such node any more, or it is of another layer. */
  | { readonly kind: "node"; readonly id: string }
  /** The data comes from elsewhere. */
  | { readonly kind: "data" };
