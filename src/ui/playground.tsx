import { createContext, type ReactNode, use } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { ExperimentState } from "../app/experiment-store.ts";
import type { Playground } from "../app/playground.ts";
import type { Preferences } from "../app/preferences-store.ts";
import type { RunState } from "../app/run-store.ts";

const PlaygroundContext = createContext<Playground | undefined>(undefined);

export function PlaygroundProvider({ playground, children }: { playground: Playground; children: ReactNode }) {
  return <PlaygroundContext value={playground}>{children}</PlaygroundContext>;
}

/** Everything behind the screen: stores to read with the hooks below, and what can be done. */
export function usePlayground(): Playground {
  const playground = use(PlaygroundContext);
  if (playground === undefined) throw new Error("usePlayground needs a PlaygroundProvider around it");
  return playground;
}

/** A part of the experiment's state; drawn anew when that part changes (compared element by element). */
export function useExperiment<T>(select: (state: ExperimentState) => T): T {
  return useStore(usePlayground().experiments, useShallow(select));
}

/** A part of the run's state. */
export function useRun<T>(select: (state: RunState) => T): T {
  return useStore(usePlayground().run, useShallow(select));
}

export function usePreferences<T>(select: (preferences: Preferences) => T): T {
  return useStore(usePlayground().preferences, useShallow(select));
}

/** What can be chosen; undefined while the engine loads. */
export function useCatalogue() {
  return useStore(usePlayground().catalogue, ({ catalogue }) => catalogue);
}
