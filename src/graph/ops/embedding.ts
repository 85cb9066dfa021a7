import type { Tensor } from "../tensor.ts";
import { gather } from "./gather.ts";

/**
 * Row ids[…] of the table for each id: table (V, D), ids (…) i32 or u32 → (…, D). Ids outside the table are clamped
 * to its first and last row. The gradient adds up the rows of dy by id (`scatterAdd`), in a fixed order.
 */
export function embedding(table: Tensor, ids: Tensor): Tensor {
  return gather(table, ids, 0);
}
