import type { AdapterProfile } from "../../gpu/device.ts";

/**
 * A number of workgroups spread evenly over x and y, because one dimension is limited; the last row may be in part
 * idle. A shader finds its place as y · num_workgroups.x + x.
 */
export function linearGrid(groups: number, adapter: AdapterProfile): [number, number, number] {
  const rows = Math.max(1, Math.ceil(groups / adapter.maxWorkgroups));
  return [Math.max(1, Math.ceil(groups / rows)), rows, 1];
}
