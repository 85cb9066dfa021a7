import { createStore } from "zustand/vanilla";
import type { Catalogue } from "../train/protocol.ts";

/** What can be chosen; undefined until the engine has told it. */
export function createCatalogueStore() {
  return createStore<{ readonly catalogue: Catalogue | undefined }>(() => ({ catalogue: undefined }));
}
