import { useState } from "react";
import type { ViewKind, Views } from "../../app/views.ts";
import { useView } from "../use-view.ts";

/** A view, with what it showed of the request before until there is something of this one: pictures change, never blink. */
export function useHeldView<K extends ViewKind>(kind: K, options: Views[K]["request"] | undefined) {
  const view = useView(kind, options);
  const [held, setHeld] = useState(view);
  const hasCome = view.payload !== undefined || view.problem !== undefined;
  if (hasCome && held !== view) setHeld(view);
  return hasCome ? view : held;
}
