/** A network in one of the libraries, ready to be trained. */
export interface Contestant {
  /** Trained numbers. */
  readonly parameters: number;
  /** Trains so many steps and waits until the GPU has done them. */
  train(steps: number): Promise<Training>;
  destroy(): void;
}

export interface Training {
  /** The loss of the steps, or of the last ones. */
  readonly loss: number;
  /** Time the page's JavaScript took to hand the steps to the GPU, in milliseconds. */
  readonly scriptMs: number;
}
