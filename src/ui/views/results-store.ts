import { create } from "zustand";
import type { ResultView } from "../../app/result-views.ts";
import type { PenStroke } from "./pen-drawing.ts";

/** A cell of the confusion matrix. */
export interface ConfusionCell {
  readonly truth: number;
  readonly predicted: number;
}

/** What the visitor has chosen among the results: kept while other tabs or other panels are in sight. */
interface ResultsState {
  readonly view: ResultView | undefined;
  /** The gallery shows the samples of this cell alone. */
  readonly cell: ConfusionCell | undefined;
  readonly isDiscretized: boolean;
  readonly hasValidationPoints: boolean;
  /** The layer each view of layers is of, where one was chosen. */
  readonly layers: Readonly<Partial<Record<"features" | "states" | "attention", string>>>;
  readonly drawing: {
    readonly strokes: readonly PenStroke[];
    /** Half the pen's width. */
    readonly radius: number;
    /** The image that is drawn upon, where one was put there. */
    readonly ground: Float32Array<ArrayBuffer> | undefined;
    /** The next validation sample to put on the pad. */
    readonly nextSample: number;
  };
  readonly text: {
    readonly prompt: string;
    readonly temperature: number;
    readonly length: number;
    readonly seed: number;
  };
}

export const useResults = create<ResultsState>(() => ({
  view: undefined,
  cell: undefined,
  isDiscretized: false,
  hasValidationPoints: true,
  layers: {},
  drawing: { strokes: [], radius: 1.25, ground: undefined, nextSample: 0 },
  text: { prompt: "The ", temperature: 0.8, length: 200, seed: 1 },
}));
