import { useEffect } from "react";
import { useStore } from "zustand";
import type { ViewKind, ViewPayload, ViewRequest, Views } from "../app/views.ts";
import { type ViewState, viewId } from "../app/views-store.ts";
import { usePlayground } from "./playground.tsx";

/** What has come of a view of this kind. */
interface ViewOf<K extends ViewKind> extends Omit<ViewState, "payload"> {
  readonly payload?: ViewPayload<K>;
}

/** Looks into the model while it trains: opens the view as long as the component stands; undefined closes it. */
export function useView<K extends ViewKind>(kind: K, options: Views[K]["request"] | undefined): ViewOf<K> {
  const request = options && ({ kind, ...options } as ViewRequest);
  const { views } = usePlayground();
  const id = request && viewId(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal requests have the same id
  useEffect(() => request && views.open(request), [views, id]);
  const state = useStore(views, (all) => (id === undefined ? undefined : all.views.get(id)));
  return (state ?? NOTHING) as ViewOf<K>;
}

const NOTHING = {};
