import { useEffect } from "react";

/** Keys that are pressed while the focus is nowhere are the canvas's: Ctrl+A is to select layers, not the words of the page. */
export function useKeysFromNowhere(keys: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.target === document.body) keys(event);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [keys]);
}
