import type { ViewKind, ViewRequest } from "./view-protocol.ts";
import type { View, ViewedRun, ViewOpener } from "./views/view.ts";

/** Every kind of view, loaded when one is opened: the worker's first download is without them. */
const openers: { readonly [K in ViewKind]: () => Promise<ViewOpener<K>> } = {
  cards: async () => (await import("./views/cards.ts")).openCards,
  plane: async () => (await import("./views/plane.ts")).openPlane,
  predictions: async () => (await import("./views/predictions.ts")).openPredictions,
  classify: async () => (await import("./views/classify.ts")).openClassify,
  filters: async () => (await import("./views/filters.ts")).openFilters,
  features: async () => (await import("./views/features.ts")).openFeatures,
  reconstructions: async () => (await import("./views/numbers.ts")).openReconstructions,
  forecasts: async () => (await import("./views/numbers.ts")).openForecasts,
  regression: async () => (await import("./views/numbers.ts")).openRegression,
  answers: async () => (await import("./views/answers.ts")).openAnswers,
  states: async () => (await import("./views/states.ts")).openStates,
  attention: async () => (await import("./views/attention.ts")).openAttention,
  text: async () => (await import("./views/text.ts")).openText,
  histograms: async () => (await import("./views/histograms.ts")).openHistograms,
};

/** Opens a view of a run. Throws what the view, the compiler or the device refuses; nothing stays allocated then. */
export async function openView<K extends ViewKind>(run: ViewedRun, request: ViewRequest<K>): Promise<View<K>> {
  const load: () => Promise<ViewOpener<K>> = openers[request.kind as K];
  const open = await load();
  return open(run, request);
}
