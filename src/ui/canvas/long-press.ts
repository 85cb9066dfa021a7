import type { Point } from "./layout/box.ts";

/** A finger that rests so long, in milliseconds, and within so many pixels, asks for the menu. */
const PRESS_MS = 550;
const TOLERANCE = 8;

/** Tells long presses of a finger or pen (a mouse has another button). Gives the function that ends it. */
export function followLongPresses(
  element: HTMLElement,
  onPress: (target: EventTarget | null, at: Point) => void,
): () => void {
  let press: { readonly timer: ReturnType<typeof setTimeout>; readonly at: Point } | undefined;
  let isPressed = false;
  const end = () => {
    clearTimeout(press?.timer);
    press = undefined;
  };
  const begin = ({ pointerType, target, clientX, clientY, isPrimary }: PointerEvent) => {
    end();
    if (pointerType === "mouse" || !isPrimary) return;
    const at = { x: clientX, y: clientY };
    const tell = () => {
      isPressed = true;
      onPress(target, at);
    };
    isPressed = false;
    press = { at, timer: setTimeout(tell, PRESS_MS) };
  };
  const move = ({ clientX, clientY }: PointerEvent) => {
    if (press && Math.hypot(clientX - press.at.x, clientY - press.at.y) > TOLERANCE) end();
  };
  /** The finger that is lifted has not clicked: a click would close what the press has opened. */
  const swallow = (event: TouchEvent) => {
    if (isPressed) event.preventDefault();
    isPressed = false;
  };
  const listeners = [
    ["pointerdown", begin],
    ["pointermove", move],
    ["pointerup", end],
    ["pointercancel", end],
    ["touchend", swallow],
  ] as const;
  // Before xyflow, which keeps some of them to itself.
  for (const [name, listener] of listeners)
    element.addEventListener(name, listener as EventListener, { capture: true });
  return () => {
    end();
    for (const [name, listener] of listeners) element.removeEventListener(name, listener as EventListener, true);
  };
}
