import { reshape } from "../../graph/ops/reshape.ts";
import { slice } from "../../graph/ops/slice.ts";
import { transpose } from "../../graph/ops/transpose.ts";
import { sizeOf, type Tensor } from "../../graph/tensor.ts";
import type { Values } from "../../graph/values.ts";
import type { CardPicture } from "../view-protocol.ts";
import { floats } from "./view-plan.ts";

// Pictures for cards are small: they are cut down on the GPU, so that little is read back.

/** Units or channels that a card shows. */
export const MAX_MAPS = 8;

/** Pixels, steps or units of a picture in one direction; of more, every second or third is taken. */
const MAX_SIDE = 64;
const MAX_BARS = 32;

/** What is read for a card, and the picture that is made of it. */
export interface Pictured {
  readonly shown: Tensor;
  readonly picture: (values: Values, tokens: readonly string[] | undefined) => CardPicture;
}

export interface PictureOptions {
  /** Whether (H, W, C) of 1 or 3 channels is an image. */
  readonly isImage: boolean;
  /** Names of the numbers along the last axis, where they are probabilities of classes. */
  readonly labels: readonly string[] | undefined;
}

/** The picture of what a layer gives for one sample, (1, …); undefined where that has too many axes. */
export function pictureOf(tensor: Tensor, { isImage, labels }: PictureOptions): Pictured | undefined {
  const [, ...shape] = tensor.shape;
  if (shape.length < 2) return bars(reshape(tensor, [sizeOf(shape)]), labels);
  if (shape.length === 2) return heat(tensor);
  if (shape.length > 3) return undefined;
  return isImage && (shape[2] === 1 || shape[2] === 3) ? image(tensor) : maps(tensor);
}

/** (N) */
function bars(numbers: Tensor, labels: readonly string[] | undefined): Pictured {
  const count = Math.min(MAX_BARS, numbers.shape[0] as number);
  const isTokens = numbers.dtype !== "f32";
  return {
    shown: slice(numbers, [0], [count]),
    picture(values, tokens) {
      const names = (isTokens ? tokens : labels)?.slice(0, count);
      return { kind: "bars", values: floats(values), ...(names === undefined ? {} : { labels: names }) };
    },
  };
}

/** (1, T, F) */
function heat(tensor: Tensor): Pictured {
  const [shown, [steps, units]] = thinned(tensor, 2);
  return {
    shown,
    picture: (values) => ({ kind: "heat", steps: steps as number, units: units as number, values: floats(values) }),
  };
}

/** (1, H, W, 1 or 3) */
function image(tensor: Tensor): Pictured {
  const [shown, [rows, columns]] = thinned(tensor, 2);
  const channels = tensor.shape[3] as number;
  return {
    shown,
    picture: (values) => ({
      kind: "image",
      rows: rows as number,
      columns: columns as number,
      channels,
      values: floats(values),
    }),
  };
}

/** (1, H, W, C) → (1, channels, H, W) */
function maps(tensor: Tensor): Pictured {
  const [small, [rows, columns]] = thinned(tensor, 2);
  const of = tensor.shape[3] as number;
  const count = Math.min(MAX_MAPS, of);
  const some = slice(small, [0, 0, 0, 0], [1, -1, -1, count]);
  return {
    shown: transpose(some, [0, 3, 1, 2]),
    picture: (values) => ({
      kind: "maps",
      count,
      of,
      rows: rows as number,
      columns: columns as number,
      values: floats(values),
    }),
  };
}

/** The tensor with as few places along each of the axes 1…`axes` as a card has room for, and how many those are. */
function thinned(tensor: Tensor, axes: number): [Tensor, number[]] {
  const step = tensor.shape.map((size, axis) => (axis >= 1 && axis <= axes ? Math.ceil(size / MAX_SIDE) : 1));
  const start = tensor.shape.map(() => 0);
  const small = slice(
    tensor,
    start,
    tensor.shape.map(() => -1),
    step.map((by) => Math.max(1, by)),
  );
  return [small, small.shape.slice(1, axes + 1)];
}
