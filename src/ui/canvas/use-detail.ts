import type { Viewport } from "@xyflow/react";
import { useCallback, useEffect } from "react";
import type { CanvasParts } from "./canvas-parts.ts";
import { areClose } from "./layout/box.ts";
import type { Layout } from "./layout/lay-out.ts";

/** Below this zoom shapes on edges are not legible. */
const FAR = 0.55;

/** Below this zoom nothing is, and a card is told by its colour alone. */
const TINY = 0.25;

/**
 * So many cards show what they hold. Each picture is a layer of its own to the browser, and what it takes to compose them
 * grows faster than their number: with 500 a frame took 140 ms, with these it takes 10.
 */
const MOST_PICTURES = 120;

/** Decides how much of the cards is drawn by what is in view; gives what to tell when that moves. */
export function useDetail({ canvas, flow, root }: CanvasParts, layout: Layout): (viewport: Viewport) => void {
  const look = useCallback(
    ({ x, y, zoom }: Viewport) => {
      const element = root();
      if (element === null) return;
      const view = {
        x: -x / zoom,
        y: -y / zoom,
        width: element.clientWidth / zoom,
        height: element.clientHeight / zoom,
      };
      let inView = 0;
      for (const box of layout.values()) if (areClose(view, box, 0)) inView++;
      const isCrowded = inView > MOST_PICTURES;
      if (canvas.getState().isCrowded !== isCrowded) canvas.setState({ isCrowded });
      // The rest is left to the style sheet.
      element.dataset.zoom = zoom < TINY ? "tiny" : zoom < FAR ? "far" : "near";
      element.dataset.crowded = String(isCrowded);
    },
    [canvas, root, layout],
  );
  useEffect(() => look(flow.getViewport()), [look, flow]);
  return look;
}
