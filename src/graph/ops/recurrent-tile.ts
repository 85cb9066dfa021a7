import type { AdapterProfile } from "../../gpu/device.ts";
import type { ShaderVariant } from "../op.ts";
import { linearGrid } from "./grid.ts";

/**
 * Up to this hidden size the loop over time runs inside one dispatch: a thread keeps one hidden unit, and the gates of
 * four samples fill the 16 KB of workgroup memory that every device has (4 gates × 256 units × 16 bytes). Larger layers
 * are unrolled, one product and one cell a step, because there a step's product alone fills the device.
 */
const MAX_LOOP_HIDDEN = 256;

export function isUnrolled(hidden: number): boolean {
  return hidden > MAX_LOOP_HIDDEN;
}

/** Samples a workgroup takes: the lanes of a vec4f. */
const TILE = 4;

/** Launch of a scan shader or its gradient over a batch. */
export function scanVariant(
  source: string,
  tensors: readonly string[],
  [batch, steps, hidden]: readonly [number, number, number],
  constants: Readonly<Record<string, boolean>>,
  adapter: AdapterProfile,
): ShaderVariant {
  const flags = Object.entries(constants).map(([name, value]) => [name, value ? 1 : 0]);
  return {
    variant: "loop",
    source,
    constants: { BATCH: batch, STEPS: steps, HIDDEN: hidden, ...Object.fromEntries(flags) },
    tensors,
    workgroups: linearGrid(Math.ceil(batch / TILE), adapter),
  };
}
