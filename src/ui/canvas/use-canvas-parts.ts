import { useReactFlow } from "@xyflow/react";
import { type RefObject, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useText } from "../i18n.ts";
import { usePlayground } from "../playground.tsx";
import { createCanvasActions } from "./canvas-actions.ts";
import { canvasKeys } from "./canvas-keys.ts";
import type { CanvasParts } from "./canvas-parts.ts";
import { useCanvasStore } from "./canvas-store.ts";
import { createClipboardActions } from "./clipboard-actions.ts";
import { layerDrop } from "./layer-drop.ts";
import type { Size } from "./layout/box.ts";
import type { CanvasEdge, CanvasNode } from "./network.ts";
import type { Network } from "./use-network.ts";
import { createWalking } from "./walking.ts";

/** All that can be done on the canvas, made once: it looks at what is drawn when it is asked to do something. */
export function useCanvasParts(network: Network, view: Size, root: RefObject<HTMLElement | null>) {
  const playground = usePlayground();
  const canvas = useCanvasStore();
  const flow = useReactFlow<CanvasNode, CanvasEdge>();
  const { t, i18n } = useTranslation("canvas");
  const say = useText();
  const drawn = useRef({ network, view });
  useLayoutEffect(() => {
    drawn.current = { network, view };
  }, [network, view]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: texts change with the language alone
  return useMemo(() => {
    const parts: CanvasParts = {
      playground,
      canvas,
      flow,
      t,
      network: () => drawn.current.network,
      view: () => drawn.current.view,
      root: () => root.current,
    };
    const actions = createCanvasActions(parts);
    const walking = createWalking(parts, actions);
    return {
      parts,
      actions,
      walking,
      clipboard: createClipboardActions(parts, say),
      keys: canvasKeys(parts, actions, walking),
      drop: layerDrop(parts),
    };
  }, [playground, canvas, flow, i18n.language]);
}
