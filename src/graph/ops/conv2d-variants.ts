import depthwise from "../../../shaders/conv2d-depthwise.wgsl?raw";
import registers from "../../../shaders/conv2d-registers.wgsl?raw";
import tiles from "../../../shaders/conv2d-tiles.wgsl?raw";
import type { AdapterProfile } from "../../gpu/device.ts";
import { linearGrid } from "../codegen/grid.ts";
import type { ShaderVariant } from "../op.ts";
import type { Convolution } from "./conv2d-shape.ts";
import type { Pair } from "./windows.ts";

/** What the shaders compute: a result whose windows read a source, by stride phase (see functions/convolution.wgsl). */
interface Sweep {
  readonly batch: number;
  readonly source: Pair;
  readonly result: Pair;
  readonly groups: number;
  /** Channels of the source and of the result, in one group. */
  readonly depth: number;
  readonly columns: number;
  readonly size: Pair;
  readonly strides: Pair;
  readonly phases: Pair;
  /** Negative where the sweep goes backwards. */
  readonly dilation: Pair;
  readonly padding: Pair;
  /** Whether windows reach outside of the source. */
  readonly border: boolean;
  /** Steps in w along the taps, the groups, the source's and the result's channels. */
  readonly w: { readonly tap: number; readonly group: number; readonly depth: number; readonly column: number };
}

/** y = x ∗ w: the source is x, the result y, and there is one phase. */
export function selectForward(convolution: Convolution, adapter: AdapterProfile): ShaderVariant {
  const { batch, image, output, groups, inputs, outputs, padding } = convolution;
  const sweep: Sweep = {
    ...convolution,
    batch,
    source: image,
    result: output,
    depth: inputs,
    columns: outputs,
    phases: [1, 1],
    padding: [padding[0][0], padding[1][0]],
    border: padding.flat().some((pixels) => pixels > 0),
    w: { tap: inputs * groups * outputs, group: outputs, depth: groups * outputs, column: 1 },
  };
  return select(sweep, adapter, ["x", "w", "y"]);
}

/** dx from dy: the source is dy, the result dx, and each residue of the stride is a phase. */
export function selectInputGradient(convolution: Convolution, adapter: AdapterProfile): ShaderVariant {
  const { image, output, groups, inputs, outputs, strides, dilation, padding } = convolution;
  const sweep: Sweep = {
    ...convolution,
    source: output,
    result: image,
    depth: outputs,
    columns: inputs,
    strides: [1, 1],
    phases: strides,
    dilation: [-dilation[0], -dilation[1]],
    padding: [-padding[0][0], -padding[1][0]],
    border: true,
    w: { tap: inputs * groups * outputs, group: outputs, depth: 1, column: groups * outputs },
  };
  return select(sweep, adapter, ["x", "w", "y"]);
}

/**
 * The rule:
 * - groups of one channel on one side and less than four on the other: the direct depthwise kernel;
 * - a software adapter (workgroup memory and barriers cost more there than the loads they save), or at most 16 products
 *   a result (a first layer of one channel): register tiles of 8 pixels × 8 channels, × 4 where there are no more;
 * - otherwise tiles in workgroup memory: the largest of 128×64, 128×32 and 64×32 of which there are enough to fill a
 *   device.
 *
 * On SwiftShader with two cores (3×3, 32→64 channels, 13×13, batch 64), register tiles give 2.7 GFLOP/s forward and 1.7
 * for the input gradient, which also reads over the border; workgroup tiles give 0.9 and 0.8.
 */
function select(sweep: Sweep, adapter: AdapterProfile, tensors: readonly string[]): ShaderVariant {
  const { batch, result, phases, groups, depth, columns, size } = sweep;
  const pixels = batch * Math.ceil(result[0] / phases[0]) * Math.ceil(result[1] / phases[1]);
  const parts = groups * phases[0] * phases[1];

  if (groups > 1 && Math.min(depth, columns) === 1 && Math.max(depth, columns) < 4) {
    const invocations = Math.ceil(pixels / 4) * columns * parts;
    const workgroups = linearGrid(Math.ceil(invocations / 64), adapter);
    return { variant: "depthwise", source: depthwise, constants: constantsOf(sweep), tensors, workgroups };
  }

  const products = (size[0] * size[1] * depth) / (phases[0] * phases[1]);
  if (adapter.software || products <= 16) {
    const wide = columns > 4;
    const invocations = Math.ceil(pixels / 8) * Math.ceil(columns / (wide ? 8 : 4)) * parts;
    return {
      variant: wide ? "registers 8×8" : "registers 8×4",
      source: registers,
      constants: { ...constantsOf(sweep), BORDER: Number(sweep.border), WIDE: Number(wide) },
      tensors,
      workgroups: linearGrid(Math.ceil(invocations / 64), adapter),
    };
  }

  const [tileM, tileN] = tileOf(pixels, columns, parts);
  return {
    variant: `tiles ${tileM}×${tileN}`,
    source: tiles,
    constants: { ...constantsOf(sweep), TILE_M: tileM, TILE_N: tileN, TILE_K: products < 64 ? 8 : 16 },
    tensors,
    workgroups: linearGrid(tileCount(pixels, columns, tileM, tileN) * parts, adapter),
  };
}

/** Workgroups that keep a large GPU busy. */
const FULL = 256;

/** The largest tile of which there are enough to fill a device; the smallest where there are never enough. */
function tileOf(rows: number, columns: number, parts: number): Pair {
  const candidates: Pair[] = [
    [128, 64],
    [128, 32],
    [64, 32],
  ];
  const fitting = candidates.filter(([, tileN]) => tileN === 32 || columns > 32);
  const full = fitting.find(([tileM, tileN]) => tileCount(rows, columns, tileM, tileN) * parts >= FULL);
  return full ?? [64, 32];
}

export function tileCount(rows: number, columns: number, tileM: number, tileN: number): number {
  return Math.ceil(rows / tileM) * Math.ceil(columns / tileN);
}

function constantsOf(sweep: Sweep): Record<string, number> {
  const { batch, source, result, groups, depth, columns, size, strides, phases, dilation, padding, w } = sweep;
  return {
    BATCH: batch,
    SOURCE_H: source[0],
    SOURCE_W: source[1],
    RESULT_H: result[0],
    RESULT_W: result[1],
    GROUPS: groups,
    DEPTH: depth,
    COLUMNS: columns,
    TAPS_H: size[0],
    TAPS_W: size[1],
    TAP_STEP_H: phases[0] / greatestCommonDivisor(phases[0], Math.abs(dilation[0])),
    TAP_STEP_W: phases[1] / greatestCommonDivisor(phases[1], Math.abs(dilation[1])),
    PHASES_H: phases[0],
    PHASES_W: phases[1],
    STRIDE_H: strides[0],
    STRIDE_W: strides[1],
    DILATION_H: dilation[0],
    DILATION_W: dilation[1],
    PADDING_H: padding[0],
    PADDING_W: padding[1],
    W_TAP: w.tap,
    W_GROUP: w.group,
    W_DEPTH: w.depth,
    W_COLUMN: w.column,
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
