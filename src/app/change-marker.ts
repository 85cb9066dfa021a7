import type { Experiment } from "../train/protocol.ts";
import { runChanges } from "./run-changes.ts";
import type { RunMark, RunRecord } from "./run-record.ts";

/** A change of the experiment while it trains. */
export interface AheadChange {
  readonly experiment: Experiment;
  readonly stepsPerEpoch: number | undefined;
  /** The last step before it. */
  readonly step: number;
}

/** Changes that follow one another faster than this, in milliseconds, are marked as one: those of a slider. */
const MERGE_MS = 2000;

/** Marks where the experiment of a run was changed. */
export class ChangeMarker {
  /** The newest mark, as long as changes may be added to it. */
  #last:
    | { at: number; readonly step: number; readonly before: Experiment; readonly earlier: readonly RunMark[] }
    | undefined;

  marked(run: RunRecord, { experiment, stepsPerEpoch, step }: AheadChange): Partial<RunRecord> {
    const now = performance.now();
    if (this.#last === undefined || now - this.#last.at > MERGE_MS) {
      this.#last = { at: now, step, before: run.experiment, earlier: run.marks };
    }
    this.#last.at = now;
    const { before, earlier } = this.#last;
    const changes = runChanges(before, experiment);
    const marks = changes.length > 0 ? [...earlier, { step: this.#last.step, changes }] : earlier;
    return { experiment, stepsPerEpoch, marks };
  }

  /** What changes next has a mark of its own. */
  forget(): void {
    this.#last = undefined;
  }
}
