/** How many steps fill a submit, learned from those that were run. */
export class Pace {
  #msPerStep = 0;
  #lastDone = 0;

  /** Steps that take about so long: one at first, and at most `most`. */
  stepsFor(targetMs: number, most: number): number {
    if (this.#msPerStep === 0) return 1;
    return Math.max(1, Math.min(most, Math.floor(targetMs / this.#msPerStep)));
  }

  /** A submit of so many steps, recorded at `started`, is done now. */
  learn(started: number, steps: number): void {
    // While two submits are in flight, one waits for the other: its own time starts when that one ends.
    const now = performance.now();
    const msPerStep = (now - Math.max(started, this.#lastDone)) / steps;
    this.#lastDone = now;
    this.#msPerStep = this.#msPerStep === 0 ? msPerStep : 0.7 * this.#msPerStep + 0.3 * msPerStep;
  }
}
