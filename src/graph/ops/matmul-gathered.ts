import { sizeOf, type Tensor } from "../tensor.ts";
import { baseOf } from "../views.ts";
import { gather } from "./gather.ts";
import { matmul } from "./matmul.ts";
import type { MatmulAttrs } from "./matmul-problem.ts";
import { reshape } from "./reshape.ts";

/**
 * a · b as gather(table · b), where a is rows gathered from a table that has fewer of them: under an embedding, a dense
 * or recurrent layer then costs a product for each word of the vocabulary, not for each position, forward and backward.
 * Undefined where a is something else. Done when the graph is built, so that the gradient is that of this form.
 */
export function matmulOfGathered(a: Tensor, b: Tensor, attrs: MatmulAttrs): Tensor | undefined {
  const { call } = baseOf(a);
  const [table, indices] = call.inputs;
  if (call.op.name !== "gather" || table?.shape.length !== 2 || indices === undefined) return undefined;
  const [rows, width] = table.shape as [number, number];
  const isRows = (call.attrs as { readonly axis: number }).axis === 0 && a.shape.length > 1 && a.shape.at(-1) === width;
  const isDense = b.shape.length === 2 && b.shape[attrs.transposeB ? 1 : 0] === width && !attrs.transposeA;
  if (!isRows || !isDense || rows >= sizeOf(indices.shape)) return undefined;
  const products = gather(matmul(table, b, attrs), reshape(indices, [-1]));
  return reshape(products, [...a.shape.slice(0, -1), products.shape[1] as number]);
}
