import { createStore } from "zustand/vanilla";
import type { Problem } from "../train/protocol.ts";
import type { ViewKind, ViewPayload, ViewRequest } from "../train/view-protocol.ts";

/** What has come of a view. */
export interface ViewState {
  readonly payload?: ViewPayload;
  /** The step the payload is of. */
  readonly step?: number;
  readonly problem?: Problem;
}

/**
 * The views that some part of the screen looks at. Two that ask for the same share one; what nobody looks at any more is
 * closed, and then costs the training nothing.
 */
export function createViewsStore(watch: (requests: ReadonlyMap<string, ViewRequest>) => void) {
  const store = createStore<{ readonly views: ReadonlyMap<string, ViewState> }>(() => ({ views: new Map() }));
  const requests = new Map<string, { readonly request: ViewRequest; viewers: number }>();
  /** What the worker knows each open view as. */
  let names = new Map<string, string>();
  let named = 0;
  let isTelling = false;

  const set = (id: string, state: ViewState | undefined) => {
    const views = new Map(store.getState().views);
    if (state === undefined) views.delete(id);
    else views.set(id, state);
    store.setState({ views });
  };
  /**
   * A view that opens as another of its kind closes takes over its name: the worker then knows that it is the same one of
   * another sample or prompt, which needs no other plan.
   */
  const nameAll = () => {
    const left = [...names].filter(([id]) => !requests.has(id));
    const kept = new Map([...names].filter(([id]) => requests.has(id)));
    for (const [id, { request }] of requests) {
      if (kept.has(id)) continue;
      const at = left.findIndex(([, name]) => name.startsWith(`${request.kind} `));
      const [freed] = at < 0 ? [] : left.splice(at, 1);
      kept.set(id, freed?.[1] ?? `${request.kind} ${++named}`);
    }
    names = kept;
  };
  /** Tells the worker once for all that open and close in one go. */
  const tell = () => {
    if (isTelling) return;
    isTelling = true;
    queueMicrotask(() => {
      isTelling = false;
      nameAll();
      watch(new Map([...requests].map(([id, { request }]) => [names.get(id) as string, request])));
    });
  };

  return Object.assign(store, {
    /** Opens a view, and gives the function that closes it. */
    open(request: ViewRequest): () => void {
      const id = viewId(request);
      const known = requests.get(id);
      if (known) known.viewers++;
      else {
        requests.set(id, { request, viewers: 1 });
        tell();
      }
      return () => {
        const entry = requests.get(id);
        if (entry === undefined || --entry.viewers > 0) return;
        requests.delete(id);
        set(id, undefined);
        tell();
      };
    },

    /** The worker's news. What is not open any more is passed over. */
    receive(name: string, state: ViewState): void {
      const id = [...names].find(([, known]) => known === name)?.[0];
      if (id !== undefined && requests.has(id)) set(id, state);
    },

    /** Tells the worker, which is a new one, what is open. */
    retell: tell,
  });
}

/** The same requests have the same id. */
export function viewId(request: ViewRequest<ViewKind>): string {
  return JSON.stringify(request, (_, value: unknown) =>
    value instanceof Float32Array ? Array.from(value, (v) => Number(v.toFixed(3))) : value,
  );
}

export type ViewsStore = ReturnType<typeof createViewsStore>;
