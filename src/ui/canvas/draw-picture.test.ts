import { expect, test } from "vitest";
import { drawPicture, type PictureStyle } from "./draw-picture.ts";

/** A canvas that only notes the words that are written into it. */
function notingCanvas() {
  const written: string[] = [];
  const context = {
    measureText: (text: string) => ({ width: text.length }),
    fillText: (text: string) => written.push(text),
  };
  const nothing = () => undefined;
  const anything = new Proxy(context, { get: (target, key) => Reflect.get(target, key) ?? nothing, set: () => true });
  return { written, canvas: { getContext: () => anything } as unknown as HTMLCanvasElement };
}

test("classes are written beside their bars as the screen calls them", () => {
  const { written, canvas } = notingCanvas();
  const style = {
    areProbabilities: true,
    nameOf: (name: string) => (name === "inside" ? "内部" : name),
  } as PictureStyle;
  drawPicture(canvas, { kind: "bars", values: Float32Array.of(0.2, 0.8), labels: ["inside", "mine"] }, 20, style);
  expect(written).toEqual(["内部", "mine"]);
});
