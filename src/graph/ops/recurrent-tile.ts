import type { AdapterProfile } from "../../gpu/device.ts";
import { linearGrid } from "../codegen/grid.ts";
import type { ShaderVariant } from "../op.ts";

/**
 * Up to this hidden size the loop over time runs inside one dispatch: a thread keeps one hidden unit, and the gates of
 * four samples fill the 16 KB of workgroup memory that every device has (4 gates × 256 units × 16 bytes). Larger layers
 * are unrolled, one product and one cell a step, because there a step's product alone fills the device.
 */
const MAX_LOOP_HIDDEN = 256;

export function isUnrolled(hidden: number): boolean {
  return hidden > MAX_LOOP_HIDDEN;
}

/** The texts of a scan: four samples a workgroup and one unit a thread, and the wide tiles that a software adapter takes. */
export interface ScanSources {
  readonly loop: string;
  readonly wide?: string;
}

/** Samples a workgroup takes. */
const LOOP_SAMPLES = 4;
const WIDE_SAMPLES = 16;

/** From so many samples on the wide tile has a workgroup for two cores; from so many units on, all lanes are busy. */
const LEAST_WIDE = { batch: 32, hidden: 32 };

/**
 * Launch of a scan shader or its gradient over a batch.
 *
 * A software adapter computes a product in the time of a few instructions and loads an element in that of forty, and
 * its workgroups share nothing that is faster than storage. So it takes the wide text, of 512 sums a thread, where there
 * is one and the layer is large enough. A GPU takes the loop: it needs the threads, and has no registers for such sums.
 * Measured on SwiftShader, milliseconds of processor time for 64 samples, 32 steps and 64 units, the fastest of four
 * rounds (of the wide ones about half goes to the loads, stores and activations around the product); and to compile, on
 * a machine with other work:
 *
 * |      | lstmScan | lstmScanGradient | compiling both |
 * |------|----------|------------------|----------------|
 * | loop | 56       | 65               | 1100           |
 * | wide | 30       | 32               | 7400           |
 */
export function scanVariant(
  sources: ScanSources,
  tensors: readonly string[],
  [batch, steps, hidden]: readonly [number, number, number],
  constants: Readonly<Record<string, boolean>>,
  adapter: AdapterProfile,
): ShaderVariant {
  const flags = Object.entries(constants).map(([name, value]) => [name, value ? 1 : 0]);
  const isLarge = batch >= LEAST_WIDE.batch && hidden >= LEAST_WIDE.hidden;
  const wide = adapter.software && isLarge ? sources.wide : undefined;
  return {
    variant: wide === undefined ? "loop" : "wide",
    source: wide ?? sources.loop,
    constants: { BATCH: batch, STEPS: steps, HIDDEN: hidden, ...Object.fromEntries(flags) },
    tensors,
    workgroups: linearGrid(Math.ceil(batch / (wide === undefined ? LOOP_SAMPLES : WIDE_SAMPLES)), adapter),
  };
}
