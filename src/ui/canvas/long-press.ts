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
  const end = () => {
    clearTimeout(press?.timer);
    press = undefined;
  };
  const begin = ({ pointerType, target, clientX, clientY, isPrimary }: PointerEvent) => {
    end();
    if (pointerType === "mouse" || !isPrimary) return;
    const at = { x: clientX, y: clientY };
    press = { at, timer: setTimeout(() => onPress(target, at), PRESS_MS) };
  };
  const move = ({ clientX, clientY }: PointerEvent) => {
    if (press && Math.hypot(clientX - press.at.x, clientY - press.at.y) > TOLERANCE) end();
  };
  const listeners = [
    ["pointerdown", begin],
    ["pointermove", move],
    ["pointerup", end],
    ["pointercancel", end],
  ] as const;
  // Before xyflow, which keeps some of them to itself.
  for (const [name, listener] of listeners) element.addEventListener(name, listener as EventListener, true);
  return () => {
    end();
    for (const [name, listener] of listeners) element.removeEventListener(name, listener as EventListener, true);
  };
}
