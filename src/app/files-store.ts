import { createStore } from "zustand/vanilla";

/** The files that the data source reads, as far as the screen has to know them. */
export interface FilesState {
  readonly files: readonly { readonly name: string; readonly size: number }[];
}

export function createFilesStore() {
  return createStore<FilesState>(() => ({ files: [] }));
}
