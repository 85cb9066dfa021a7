/** A network in one of the libraries, ready to be trained. */
export interface Contestant {
  /** Trained numbers. */
  readonly parameters: number;
  /**
   * Trains so many steps and waits until the GPU has done them. `together`: in as few submits as the library can;
   * otherwise in its own way.
   */
  train(steps: number, together?: boolean): Promise<Training>;
  destroy(): void;
}

export interface Training {
  /** The loss of the steps, or of the last ones. */
  readonly loss: number;
  /** Time the page's JavaScript took to hand the steps to the GPU, in milliseconds. */
  readonly scriptMs: number;
}
