import { useMemo } from "react";
import type { GroupProps } from "react-resizable-panels";
import { browserStorage } from "../../app/browser-storage.ts";
import { keepSizes, keptSizes } from "./kept-sizes.ts";

const storage = browserStorage("localStorage");

/** What makes panels beside each other come back in the sizes that the visitor gave them. */
export function useKeptSizes(panels: readonly string[]): Pick<GroupProps, "defaultLayout" | "onLayoutChanged"> {
  const names = panels.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same panels have the same names
  const defaultLayout = useMemo(() => keptSizes(storage, panels), [names]);
  return {
    defaultLayout,
    onLayoutChanged: (sizes, { requestedLayout }) => keepSizes(storage, requestedLayout ?? sizes),
  };
}
