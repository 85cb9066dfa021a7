import type { ColumnValues, Samples } from "./dataset.ts";
import { Random } from "./random.ts";

/**
 * Shares samples out at random: `round(count · validationFraction)` of them are for validation, but at least one, and
 * at least one stays for training. `columns` hold `count` samples each, one after another. What comes back are copies
 * in the new order, each with its training samples first; both parts of a column share them, and columns that share
 * their values still do.
 */
export function splitSamples(
  columns: ReadonlyMap<string, ColumnValues["values"]>,
  count: number,
  validationFraction: number,
  seed: number,
): { readonly training: Samples; readonly validation: Samples } {
  const held = Math.min(Math.max(Math.round(count * validationFraction), 1), count - 1);
  const trained = count - held;
  const order = new Random(seed, "split").shuffle(Uint32Array.from({ length: count }, (_, sample) => sample));
  const reordered = new Map([...new Set(columns.values())].map((values) => [values, inOrder(values, order)]));
  const training = new Map<string, ColumnValues>();
  const validation = new Map<string, ColumnValues>();
  for (const [name, original] of columns) {
    const values = reordered.get(original) as ColumnValues["values"];
    training.set(name, { values });
    validation.set(name, { values, offset: trained * (values.length / count) });
  }
  return { training: { count: trained, columns: training }, validation: { count: held, columns: validation } };
}

function inOrder<T extends ColumnValues["values"]>(values: T, order: Uint32Array): T {
  const size = values.length / order.length;
  const result = values.slice() as T;
  for (const [place, sample] of order.entries()) {
    // Copied by hand: a subarray for every sample would cost more than its few values.
    for (let k = 0; k < size; k++) result[place * size + k] = values[sample * size + k] as number;
  }
  return result;
}
