import { lazy, useEffect, useState } from "react";
import { Part } from "../primitives/part.tsx";

const DropOverlay = lazy(async () => ({ default: (await import("./drop-overlay.tsx")).DropOverlay }));

/** While files are held over the page the browser says so at least this often, in milliseconds. */
const HELD_MS = 400;

/** Files may be dropped anywhere on the page; what they would do there is said while they are held over it. */
export function DropTarget() {
  const [isOver, setIsOver] = useState(false);
  const [dropped, setDropped] = useState<readonly File[]>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const end = () => {
      clearTimeout(timer);
      setIsOver(false);
    };
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      // Without this the browser would leave the page for the file.
      event.preventDefault();
      clearTimeout(timer);
      // Not every browser tells when they leave.
      timer = setTimeout(end, HELD_MS);
      setIsOver(true);
    };
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      setDropped([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    // A part of the page that takes files itself keeps them; the overlay has to go all the same.
    window.addEventListener("drop", end, { capture: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
      window.removeEventListener("drop", end, { capture: true });
    };
  }, []);
  if (!isOver && dropped === undefined) return null;
  return (
    <Part onClose={() => setDropped(undefined)}>
      <DropOverlay isOver={isOver} dropped={dropped} onTaken={() => setDropped(undefined)} />
    </Part>
  );
}
