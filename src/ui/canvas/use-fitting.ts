import { useReactFlow } from "@xyflow/react";
import { useEffect, useMemo, useRef } from "react";
import { FIT } from "./canvas-actions.ts";
import { boundsOf, type Size } from "./layout/box.ts";
import type { Layout } from "./layout/lay-out.ts";

interface FittingOptions {
  readonly layout: Layout;
  readonly view: Size;
  /** Of experiments: with each all of it is shown. */
  readonly openings: number;
  /** Whether the network is laid out by itself. */
  readonly isLaidOut: boolean;
}

/** Keeps all of the network in view as it grows, until somebody looks at a part of it or moves a card. */
export function useFitting({ layout, view, openings, isLaidOut }: FittingOptions) {
  const { fitView } = useReactFlow();
  const state = useRef({ isFollowing: true, openings: -1 });
  const { x, y, width, height } = useMemo(() => boundsOf(layout.values()), [layout]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: fitted anew whenever the network or the room for it changes
  useEffect(() => {
    const isNew = state.current.openings !== openings;
    state.current = { isFollowing: isNew || state.current.isFollowing, openings };
    if (!state.current.isFollowing || (!isLaidOut && !isNew) || layout.size === 0) return;
    const frame = requestAnimationFrame(() => fitView({ ...FIT, duration: 0 }));
    return () => cancelAnimationFrame(frame);
  }, [x, y, width, height, view.width, view.height, openings, isLaidOut]);
  return useMemo(
    () => ({
      /** Shows all from now on. */
      follow: () => {
        state.current.isFollowing = true;
      },
      /** Somebody looks at a part. */
      release: () => {
        state.current.isFollowing = false;
      },
    }),
    [],
  );
}
