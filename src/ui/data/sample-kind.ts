import type { DataDescription } from "../../app/engine-types.ts";

/** How samples of some data are drawn. */
export type SampleKind = "points" | "images" | "series" | "text" | "answers" | "rows";

export function sampleKind({ task, inputs, target }: DataDescription): SampleKind {
  const [input] = inputs;
  if (input === undefined) return "rows";
  const { shape, dtype } = input;
  if (dtype === "i32") return task === "sequence" ? "answers" : "text";
  const isImage = shape.length === 3 && (shape[2] === 1 || shape[2] === 3);
  if (isImage) return "images";
  if (shape.length === 2) return "series";
  const targetSize = target.shape.reduce((size, side) => size * side, 1);
  return inputs.length === 1 && shape.length === 1 && shape[0] === 2 && targetSize === 1 ? "points" : "rows";
}

/** So many are shown at once. */
export const PAGE: Record<SampleKind, number> = { points: 800, images: 20, series: 6, text: 4, answers: 12, rows: 8 };
