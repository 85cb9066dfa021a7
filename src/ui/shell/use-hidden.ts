import { useStore } from "zustand";
import type { Hideable } from "../../app/lesson-store.ts";
import { usePlayground } from "../playground.tsx";

/** Whether a teacher's link hides a part of the screen. */
export function useHidden(part: Hideable): boolean {
  return useStore(usePlayground().lesson, ({ hidden }) => hidden.has(part));
}
