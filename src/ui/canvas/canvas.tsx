import { ReactFlowProvider } from "@xyflow/react";
import { useCallback, useRef, useState } from "react";
import { TryNext } from "../gallery/try-next.tsx";
import { LessonNote } from "../links/lesson-note.tsx";
import { useSize } from "../pixels/use-size.ts";
import { useExperiment } from "../playground.tsx";
import "./canvas.css";
import { CanvasContext, createCanvasStore } from "./canvas-store.ts";
import { CardFeed } from "./card-feed.tsx";
import { EmptyHint } from "./empty-hint.tsx";
import { Hud } from "./hud.tsx";
import { NetworkFlow } from "./network-flow.tsx";
import { News } from "./news.tsx";

/** The network, to be looked at and built. Fills what it is in. */
export function Canvas() {
  const [store] = useState(createCanvasStore);
  const root = useRef<HTMLDivElement>(null);
  const [measure, size] = useSize();
  const ref = useCallback(
    (element: HTMLDivElement | null) => {
      root.current = element;
      return measure(element);
    },
    [measure],
  );
  const isNarrow = size.width < 560;
  // Suggestions would cover the cards; what a teacher says comes first.
  const isCramped = isNarrow || size.height < 440;
  const model = useExperiment(({ experiment }) => experiment?.model);
  return (
    <CanvasContext value={store}>
      <div ref={ref} className="network relative h-full overflow-hidden bg-bg">
        {model && size.width > 0 && (
          <ReactFlowProvider>
            <NetworkFlow model={model} size={size} root={root} />
          </ReactFlowProvider>
        )}
        <CardFeed />
        <Hud />
        <div className="pointer-events-none absolute inset-x-4 top-10 z-10 flex justify-center">
          <News />
        </div>
        {size.width > 0 && (
          <div className="absolute bottom-3 left-3 max-w-[min(34rem,calc(100%-11rem))] pointer-coarse:max-w-[min(34rem,calc(100%-13rem))] space-y-2">
            <EmptyHint />
            <LessonNote isFolded={isNarrow} />
            <TryNext isFolded={isCramped} />
          </div>
        )}
      </div>
    </CanvasContext>
  );
}
