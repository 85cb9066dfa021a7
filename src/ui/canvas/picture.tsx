import { useEffect, useRef } from "react";
import { useDiverging, useTheme } from "../pixels/use-theme.ts";
import { useDataName } from "../use-data-name.ts";
import { useCanvas, useCanvasStore } from "./canvas-store.ts";
import { drawPicture } from "./draw-picture.ts";
import { PICTURE_WIDTH, pictureHeight } from "./picture-size.ts";

interface PictureProps {
  readonly id: string;
  readonly height: number;
  readonly isPlane: boolean;
  readonly isInput: boolean;
  readonly isOutput: boolean;
}

/** What a layer holds; where too many are in view, only the place for it. */
export function Picture(props: PictureProps) {
  const isCrowded = useCanvas((state) => state.isCrowded);
  if (!isCrowded) return <LivePicture {...props} />;
  return <div className="mx-auto rounded-sm bg-sunken" style={{ width: PICTURE_WIDTH, height: props.height }} />;
}

/** Drawn whenever it comes, without React. */
function LivePicture({ id, height, isPlane, isInput, isOutput }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { pictures } = useCanvasStore();
  const theme = useTheme();
  const diverging = useDiverging();
  const nameOf = useDataName();
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn with other colours where the theme changes
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const colours = getComputedStyle(document.documentElement);
    const style = {
      signed: isPlane ? diverging : undefined,
      isInput,
      areProbabilities: isOutput,
      nameOf,
      accent: colours.getPropertyValue("--accent"),
      faint: colours.getPropertyValue("--faint"),
      track: colours.getPropertyValue("--line-strong"),
      font: colours.getPropertyValue("--font-mono") || "monospace",
    };
    const draw = (all = pictures.getState().pictures) => {
      const newest = all.get(id);
      // One of another size is of the layer as it was before.
      const picture = newest && Math.abs(pictureHeight(newest, isInput) - height) < 5 ? newest : undefined;
      element.dataset.empty = String(picture === undefined);
      drawPicture(element, picture, height, style);
    };
    draw();
    return pictures.subscribe(({ pictures: now }, { pictures: before }) => {
      if (now.get(id) !== before.get(id)) draw(now);
    });
  }, [pictures, id, height, isPlane, isInput, isOutput, diverging, theme, nameOf]);
  return (
    <canvas
      ref={canvas}
      aria-hidden
      className="mx-auto block rounded-sm data-[empty=true]:bg-sunken"
      style={{ width: PICTURE_WIDTH, height }}
    />
  );
}
