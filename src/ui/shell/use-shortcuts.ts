import { useEffect } from "react";
import { usePlayground } from "../playground.tsx";

/** Keys that work everywhere but where text is typed: space trains, Ctrl+Z undoes, Ctrl+Shift+Z and Ctrl+Y redo. */
export function useShortcuts(): void {
  const { conductor, experiments } = usePlayground();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      const isCommand = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (key === " " && !isCommand && !isPressable(event.target)) {
        // Held down, it is pressed once.
        if (!event.repeat) conductor.toggle();
      } else if (isCommand && key === "z") event.shiftKey ? experiments.redo() : experiments.undo();
      else if (isCommand && key === "y") experiments.redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [conductor, experiments]);
}

/** Whether keys write into an element. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches("input:not([type=range], [type=radio], [type=checkbox]), textarea, [contenteditable=true]")
  );
}

/** Whether the space bar already does something where the focus is. */
function isPressable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      "button, input, a[href], select, summary, [role=button], [role=radio], [role=switch], [role=tab], [role=option], [role=menuitem], [role=dialog]",
    ) !== null
  );
}
