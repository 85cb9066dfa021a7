import { inNameOf, refuse } from "../op.ts";
import { formatShape, sizeOf, type Tensor } from "../tensor.ts";
import { gather } from "./gather.ts";

/**
 * Row ids[…] of the table for each id: table (V, D), ids (…) i32 or u32 → (…, D). Ids outside the table are clamped
 * to its first and last row. The gradient adds up the rows of dy by id (`scatterAdd`), in a fixed order.
 */
export function embedding(table: Tensor, ids: Tensor): Tensor {
  inNameOf("embedding", () => {
    if (ids.dtype === "f32") refuse("the ids are f32, not i32 or u32; cast them, or give the table first");
    const { shape } = table;
    if (shape.length !== 2) refuse(`the table is of shape ${formatShape(shape)}; give rows×features, (V, D)`);
    if (shape[0] === 0 && sizeOf(ids.shape) > 0) refuse(`the table ${formatShape(shape)} has no rows for ids to name`);
  });
  return gather(table, ids, 0);
}
