import depthwise from "../../../shaders/conv2d-weights-depthwise.wgsl?raw";
import registers from "../../../shaders/conv2d-weights-registers.wgsl?raw";
import tiles from "../../../shaders/conv2d-weights-tiles.wgsl?raw";
import type { AdapterProfile } from "../../gpu/device.ts";
import { linearGrid } from "../codegen/grid.ts";
import type { ShaderVariant } from "../op.ts";
import type { Convolution } from "./conv2d-shape.ts";
import { tileCount } from "./conv2d-variants.ts";

/** Pixels that a split sums at least: below, its partial sums cost more to write and add than it saves. */
const LEAST_PIXELS = 256;

/**
 * Into how many parts the lines of dy are cut: as many as fill the device (16 workgroups of a software adapter, 256 of
 * a GPU), each of at least 256 pixels.
 */
export function splitsOf(convolution: Convolution, adapter: AdapterProfile): number {
  const { batch, output } = convolution;
  const lines = batch * output[0];
  if (lines === 0) return 1;
  const wanted = Math.ceil((adapter.software ? 16 : 256) / variantOf(convolution, adapter).workgroups);
  const splits = Math.max(Math.min(wanted, Math.floor((lines * output[1]) / LEAST_PIXELS), lines), 1);
  // Whole lines a split: rounding leaves fewer splits, none of them empty.
  return Math.ceil(lines / Math.ceil(lines / splits));
}

/** Lines of dy (one n, one oh) that each split sums; the last may have less. */
export function linesOfSplit({ batch, output }: Convolution, splits: number): number {
  return Math.ceil((batch * output[0]) / splits);
}

/**
 * The rule is that of the forward kernels (conv2d-variants.ts): the direct depthwise kernel, register tiles on software
 * adapters and for at most 16 weights an output channel, tiles in workgroup memory elsewhere.
 *
 * On SwiftShader with two cores (3×3, 32→64 channels, 13×13, batch 64), register tiles give 2.4 GFLOP/s, workgroup
 * tiles 0.6.
 */
export function selectWeightGradient(convolution: Convolution, splits: number, adapter: AdapterProfile): ShaderVariant {
  const variant = variantOf(convolution, adapter);
  const lines = { SPLITS: splits, SPLIT_LINES: linesOfSplit(convolution, splits) };
  return {
    variant: variant.name,
    source: variant.source,
    constants: { ...constantsOf(convolution), ...variant.constants, ...lines },
    tensors: ["x", "dy", "dw"],
    workgroups: linearGrid(Math.ceil(variant.workgroups * splits), adapter),
  };
}

interface Variant {
  readonly name: string;
  readonly source: string;
  readonly constants: Readonly<Record<string, number>>;
  /** Of one split: workgroups, or the part of a workgroup that its invocations fill. */
  readonly workgroups: number;
}

function variantOf({ size, groups, inputs, outputs, padding }: Convolution, adapter: AdapterProfile): Variant {
  const taps = size[0] * size[1];
  if (groups > 1 && inputs === 1 && outputs < 4) {
    const workgroups = (Math.ceil(taps / 4) * groups * outputs) / 64;
    return { name: "depthwise", source: depthwise, constants: {}, workgroups };
  }
  const depth = { DEPTH: inputs };
  if (adapter.software || taps * inputs <= 16) {
    const wide = outputs > 4;
    const border = padding.flat().some((pixels) => pixels > 0);
    return {
      name: wide ? "registers 8×8" : "registers 8×4",
      source: registers,
      constants: { ...depth, BORDER: Number(border), WIDE: Number(wide) },
      workgroups: (Math.ceil((taps * inputs) / 8) * Math.ceil(outputs / (wide ? 8 : 4)) * groups) / 64,
    };
  }
  // The splits fill the device, so the tile need only fit the matrix.
  const [tileM, tileN] = taps * inputs <= 64 ? [64, 32] : [128, outputs <= 32 ? 32 : 64];
  return {
    name: `tiles ${tileM}×${tileN}`,
    source: tiles,
    constants: { ...depth, TILE_M: tileM, TILE_N: tileN, TILE_PIXELS: 16 },
    workgroups: tileCount(taps * inputs, outputs, tileM, tileN) * groups,
  };
}

function constantsOf(convolution: Convolution): Record<string, number> {
  const { batch, image, output, size, strides, padding, dilation, groups, outputs } = convolution;
  return {
    IMAGE_H: image[0],
    IMAGE_W: image[1],
    OUTPUT_H: output[0],
    OUTPUT_W: output[1],
    GROUPS: groups,
    COLUMNS: outputs,
    TAPS_H: size[0],
    TAPS_W: size[1],
    STRIDE_H: strides[0],
    STRIDE_W: strides[1],
    DILATION_H: dilation[0],
    DILATION_W: dilation[1],
    PADDING_H: padding[0][0],
    PADDING_W: padding[1][0],
    LINES: batch * output[0],
  };
}
