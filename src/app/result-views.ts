import type { DataDescription, NodeSpec } from "../train/protocol.ts";
import { VIEWED_LAYERS } from "../train/view-protocol.ts";

/** What can be shown of what a model does, in the order of the tabs. */
export const RESULT_VIEWS = [
  "decisionMap",
  "surface",
  "text",
  "answers",
  "forecasts",
  "reconstructions",
  "predictions",
  "confusion",
  "regression",
  "draw",
  "filters",
  "features",
  "states",
  "attention",
  "layers",
] as const;

export type ResultView = (typeof RESULT_VIEWS)[number];

/** The largest image that is drawn on the pad, in pixels of a side: beyond, a pen of the data's strokes is too fine. */
const MAX_DRAWN = 96;

const IMAGE_CONVOLUTIONS = ["Conv2D", "SeparableConv2D", "ResidualBlock"];

/** The views that fit the data and the model, in their order; the first one is what is shown to begin with. */
export function resultViews(data: DataDescription, nodes: readonly NodeSpec[]): ResultView[] {
  const { task, inputs, target } = data;
  const [input] = inputs;
  if (input === undefined) return ["layers"];
  const has = (layers: readonly string[]) => nodes.some(({ layer }) => layers.includes(layer));
  const isNumbers = input.dtype === "f32";
  const isPlane = isNumbers && inputs.length === 1 && input.shape.length === 1 && input.shape[0] === 2;
  const [height = 0, width = 0, channels] = input.shape;
  const isImage = isNumbers && input.shape.length === 3;
  const isLabelled = target.dtype === "i32" && target.shape.length === 0;
  const isTokens = target.dtype === "i32" && target.shape.length > 0;
  const targetSize = sizeOf(target.shape);
  const repeatsInput = isImage && target.dtype === "f32" && targetSize === sizeOf(input.shape);
  const isForecast = task === "forecasting";

  const fits: Record<ResultView, boolean> = {
    decisionMap: isPlane && isLabelled,
    surface: isPlane && target.dtype === "f32" && targetSize === 1,
    text: isTokens && task === "text",
    answers: isTokens && task === "sequence",
    forecasts: isForecast,
    reconstructions: repeatsInput,
    predictions: isLabelled,
    confusion: isLabelled,
    regression: target.dtype === "f32" && !repeatsInput && !isForecast,
    draw: isLabelled && isImage && channels === 1 && height <= MAX_DRAWN && width <= MAX_DRAWN,
    filters: isImage && has(IMAGE_CONVOLUTIONS),
    features: isNumbers && input.shape.length >= 2,
    states: has(VIEWED_LAYERS.recurrent),
    attention: has(VIEWED_LAYERS.attention),
    layers: true,
  };
  return RESULT_VIEWS.filter((view) => fits[view]);
}

/** The view to show: the chosen one where it still fits, else the first. */
export function shownView(views: readonly ResultView[], chosen: ResultView | undefined): ResultView {
  return chosen !== undefined && views.includes(chosen) ? chosen : (views[0] ?? "layers");
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, side) => size * side, 1);
}
