import type { Dataset } from "../../data/dataset.ts";
import type { Experiment } from "../../nn/experiment.ts";
import { ModelError } from "../../nn/model-error.ts";
import type { Text } from "../../schema/text.ts";
import type { Backend } from "../backend.ts";
import type { Trainer } from "../trainer.ts";
import type { ViewKind, ViewPayload, ViewRequest } from "../view-protocol.ts";

/** The run that is looked into. */
export interface ViewedRun {
  readonly backend: Backend;
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  readonly trainer: Pick<Trainer, "lendWeights" | "steps">;
}

/** A view that is open: owns a plan, or several, on the device. */
export interface View<K extends ViewKind = ViewKind> {
  /**
   * What there is to see with the present weights. It borrows them before it awaits anything, and needs the run no
   * more from then on. One look at a time.
   */
  look(): Promise<ViewPayload<K>>;
  /** The next look goes on with what the last one began, on the weights of then: a text that is being written. */
  readonly isUnfinished?: boolean;
  /** Takes another request on the same plan; false where it needs another. Throws what it refuses. */
  change?(request: ViewRequest<K>): boolean;
  /** Frees its memory. A look that is under way rejects. */
  destroy(): void;
}

/** Opens views of a kind. Throws through `cannotShow` where the run has nothing of the kind. */
export type ViewOpener<K extends ViewKind> = (run: ViewedRun, request: ViewRequest<K>) => Promise<View<K>>;

/** Ends the opening of a view: why this run has nothing to show, and what would. */
export function cannotShow(text: Text, node?: string): never {
  throw new ModelError("graph", text, { node });
}
