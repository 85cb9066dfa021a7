import { createContext, use } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { createStore } from "zustand/vanilla";
import type { CardPicture } from "../../app/views.ts";
import type { Point } from "./layout/box.ts";

/** What the canvas knows beside experiment and run: what is under way there. */
export interface CanvasState {
  /** "from>to" of the edge that a dragged layer is over. */
  readonly dropEdge: string | undefined;
  /** An edge that is being drawn from the keyboard: where it begins, and the node it would lead to. */
  readonly connecting: { readonly from: string; readonly to: string | undefined } | undefined;
  /** The node or group whose name is being written. */
  readonly renaming: string | undefined;
  /** Where the menu is open, in pixels of the page. */
  readonly menu: Point | undefined;
  /** More cards are in view than can show what they hold. */
  readonly isCrowded: boolean;
  /** The newest of what happened, for those who do not see it; shown to all where something could not be done. */
  readonly news: { readonly text: string; readonly isShown: boolean; readonly count: number };
}

export function createCanvasStore() {
  const store = createStore<CanvasState>(() => ({
    dropEdge: undefined,
    connecting: undefined,
    renaming: undefined,
    menu: undefined,
    isCrowded: false,
    news: { text: "", isShown: false, count: 0 },
  }));
  const tell = (text: string, isShown: boolean) =>
    store.setState(({ news }) => ({ news: { text, isShown, count: news.count + 1 } }));
  return Object.assign(store, {
    /** The pictures on the cards, by ids of nodes. Drawn without React. */
    pictures: createStore<{ readonly pictures: ReadonlyMap<string, CardPicture> }>(() => ({ pictures: new Map() })),
    announce: (text: string) => tell(text, false),
    /** Says why something was not done. */
    refuse: (text: string) => tell(text, true),
  });
}

export type CanvasStore = ReturnType<typeof createCanvasStore>;

export const CanvasContext = createContext<CanvasStore | undefined>(undefined);

export function useCanvasStore(): CanvasStore {
  const store = use(CanvasContext);
  if (store === undefined) throw new Error("useCanvasStore needs a Canvas around it");
  return store;
}

export function useCanvas<T>(select: (state: CanvasState) => T): T {
  return useStore(useCanvasStore(), useShallow(select));
}
