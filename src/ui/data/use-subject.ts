import { useStore } from "zustand";
import { usePlayground } from "../playground.tsx";

/** The validation sample that the views look at; undefined where it is something drawn. */
export function useSubject() {
  const { subject: store } = usePlayground();
  const subject = useStore(store, (state) => state.subject);
  return {
    subject: typeof subject === "number" ? subject : undefined,
    pick: (place: number) => store.setState({ subject: place }),
  };
}
