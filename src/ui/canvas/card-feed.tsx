import { useEffect, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { useExperiment, usePlayground, useRun } from "../playground.tsx";
import { useView } from "../use-view.ts";
import { useCanvas, useCanvasStore } from "./canvas-store.ts";

/** Looks into every layer for the cards as long as they are seen, and hands the pictures on. Draws nothing. */
export function CardFeed() {
  const { subject: subjects } = usePlayground();
  const { pictures } = useCanvasStore();
  const subject = useStore(subjects, (state) => state.subject);
  const isVisible = useSyncExternalStore(onVisibilityChange, () => document.visibilityState === "visible");
  // Where none is open, the engine still has the one before, whose layers may be called the same.
  const isOpen = useRun(({ opened }) => opened !== undefined);
  const isCrowded = useCanvas((canvas) => canvas.isCrowded);
  const { payload } = useView("cards", isVisible && isOpen && !isCrowded ? { subject } : undefined);
  const openings = useExperiment((state) => state.openings);
  // biome-ignore lint/correctness/useExhaustiveDependencies: pictures of another experiment are not shown
  useEffect(() => pictures.setState({ pictures: new Map() }), [openings, pictures]);
  useEffect(() => {
    if (payload) pictures.setState({ pictures: payload.pictures });
  }, [payload, pictures]);
  return null;
}

function onVisibilityChange(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}
