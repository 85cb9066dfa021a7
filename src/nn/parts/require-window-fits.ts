import { extentOf } from "../../graph/ops/windows.ts";
import { formatShape } from "../../graph/tensor.ts";
import type { Text } from "../../schema/text.ts";
import type { LayerContext } from "../layer.ts";
import type { Repair } from "../model-error.ts";

/** A window that slides over an input; sizes one an axis: height and width of images, or the steps of sequences. */
export interface SlidingWindow {
  readonly input: readonly number[];
  readonly size: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: "same" | "valid";
}

/** Refuses a convolution's kernel that is larger than the input it may not leave. */
export function requireKernelFits(window: SlidingWindow, context: Pick<LayerContext, "refuse">): void {
  if (fits(window)) return;
  const value = fieldValue(fitting(window));
  refuse(window, { en: "kernel", zh: "卷积核" }, { kind: "set", field: "kernelSize", value }, context);
}

/** Refuses a pooling's window that is larger than the input it may not leave. */
export function requirePoolFits(window: SlidingWindow, context: Pick<LayerContext, "refuse">): void {
  if (fits(window)) return;
  const size = fitting(window);
  // A window of one pixel pools nothing.
  const repair: Repair = size.every((pixels) => pixels === 1)
    ? { kind: "remove" }
    : { kind: "set", field: "poolSize", value: fieldValue(size) };
  refuse(window, { en: "window", zh: "池化窗口" }, repair, context);
}

function fits({ input, size, dilation, padding }: SlidingWindow): boolean {
  return padding === "same" || extents(size, dilation).every((extent, axis) => extent <= (input[axis] as number));
}

function refuse(
  { input, size, dilation }: SlidingWindow,
  name: Text,
  smaller: Repair,
  context: Pick<LayerContext, "refuse">,
): never {
  const span = formatShape(extents(size, dilation));
  const isDilated = dilation.some((step) => step > 1);
  const spanned: Text = isDilated ? { en: `, dilated to ${span},`, zh: `（膨胀后为 ${span}）` } : { en: "", zh: "" };
  const place: Text =
    input.length === 1
      ? { en: `the input of ${input[0]} steps`, zh: `长度为 ${input[0]} 的输入` }
      : { en: `the ${formatShape(input)} input`, zh: ` ${formatShape(input)} 的输入` };
  const isRemoved = smaller.kind === "remove";
  return context.refuse(
    {
      en:
        `${name.en} ${formatShape(size)}${spanned.en} does not fit ${place.en}; use padding "same" or ` +
        (isRemoved ? "remove the layer" : `a smaller ${name.en}`),
      zh:
        `${formatShape(size)} 的${name.zh}${spanned.zh}放不进${place.zh}；请将填充改为“same”，` +
        (isRemoved ? "或移除该层" : `或改用更小的${name.zh}`),
    },
    { kind: "set", field: "padding", value: "same" },
    smaller,
  );
}

/** The largest size, no larger than the window's, that fits with its dilation. */
function fitting({ input, size, dilation }: SlidingWindow): number[] {
  return size.map((taps, axis) => {
    const room = (input[axis] as number) - 1;
    return Math.min(taps, Math.floor(room / (dilation[axis] as number)) + 1);
  });
}

/** As the field has it: one number where all are the same. */
function fieldValue(sizes: readonly number[]): number | readonly number[] {
  return sizes.every((taps) => taps === sizes[0]) ? (sizes[0] as number) : sizes;
}

function extents(size: readonly number[], dilation: readonly number[]): number[] {
  return size.map((taps, axis) => extentOf(taps, dilation[axis] as number));
}
