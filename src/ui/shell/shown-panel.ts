import { create } from "zustand";

export type PanelName = "network" | "library" | "inspector" | "loss" | "runs" | "results";

/** The panel that is shown where there is room for one. */
export const useShownPanel = create<{ readonly panel: PanelName }>(() => ({ panel: "network" }));
