import { useStore } from "zustand";
import type { Subject } from "../app/views.ts";
import { usePlayground } from "./playground.tsx";

/** The sample that all views of one sample show: the place of a validation sample, or something drawn. */
export function useSubject(): Subject {
  return useStore(usePlayground().subject, ({ subject }) => subject);
}
