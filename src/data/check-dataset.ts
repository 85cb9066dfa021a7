import { DescentError } from "../errors.ts";
import { excerpt, grouped } from "./data-error.ts";
import type { Column, ColumnValues, Dataset, Samples } from "./dataset.ts";

type Part = "training" | "validation";

/**
 * Throws "data" at the first thing in a data set that no model can be trained with: a part without samples, values
 * that do not agree with their number, size, offset and stride, a number that is not finite, a label or token that is
 * no category, or training labels that are all the same. Names part, column, sample (from 0) and value.
 */
export function checkDataset(dataset: Dataset): void {
  for (const part of ["training", "validation"] as const) {
    const samples = dataset[part];
    if (samples.count < 1) refuse(`there are no ${part} samples`, 'add samples or change "validation"');
    for (const column of dataset.inputs) checkColumn(part, column, samples, 0);
    const range = checkColumn(part, dataset.target, samples, dataset.target.gaps ? -1 : 0);
    if (part === "training" && dataset.target.dtype === "i32") checkClasses(dataset.target, samples, range);
  }
}

function checkColumn(part: Part, column: Column, samples: Samples, least: number): Range {
  const where = `${part} column ${excerpt(column.name)}`;
  const stored = samples.columns.get(column.name);
  if (stored === undefined) refuse(`${where} has no values`, "give it as many samples as the others have");
  const range = checkLayout(where, column, samples.count, stored);
  if (column.dtype === "f32") checkFinite(where, column, stored, range);
  else checkCategories(where, column, stored, range, least);
  return range;
}

/** Where in its values a column begins and ends. */
interface Range {
  readonly size: number;
  readonly stride: number;
  readonly begin: number;
  readonly end: number;
}

function checkLayout(
  where: string,
  { shape, dtype }: Column,
  count: number,
  { values, offset: begin = 0, stride: given }: ColumnValues,
): Range {
  if (dtype === "i32" ? !(values instanceof Int32Array) : values instanceof Int32Array) {
    const right = dtype === "i32" ? "an Int32Array" : "a Float32Array or Uint8Array";
    refuse(`${where} is ${dtype}, its values are a ${values.constructor.name}`, `give ${right}`);
  }
  const size = shape.reduce((product, length) => product * length, 1);
  const stride = given ?? size;
  if (!Number.isInteger(begin) || begin < 0 || !Number.isInteger(stride) || stride < 1 || size < 1) {
    const layout = `samples of ${size} values, offset ${begin}, stride ${stride}`;
    refuse(`${where} has ${layout}`, "sizes and strides are whole numbers from 1, offsets from 0");
  }
  const end = begin + (count - 1) * stride + size;
  if (end > values.length) {
    const layout = `${grouped(count)} samples of ${size} values, offset ${begin}, stride ${stride}`;
    const has = `there are ${grouped(values.length)} values`;
    refuse(`${where}: ${layout}, take the values to ${grouped(end)}, but ${has}`, "give as many samples as count says");
  }
  return { size, stride, begin, end };
}

function checkFinite(where: string, { shape }: Column, { values }: ColumnValues, range: Range): void {
  if (values instanceof Uint8Array) return;
  for (let i = range.begin; i < range.end; i++) {
    if (Number.isFinite(values[i]) || !isUsed(i, range)) continue;
    const place = `${placeOf(i, range)} of shape [${shape.join(", ")}]`;
    refuse(`${where}, ${place}: the value is ${values[i]}`, "leave the sample out or give it a finite number");
  }
}

function checkCategories(where: string, column: Column, { values }: ColumnValues, range: Range, least: number): void {
  const count = column.categories?.length ?? Infinity;
  for (let i = range.begin; i < range.end; i++) {
    const value = values[i] as number;
    if ((value >= least && value < count) || !isUsed(i, range)) continue;
    const from = least < 0 ? "0 (or −1: does not count)" : "0";
    const allowed =
      count === Infinity ? `from ${from}` : `from ${from} to ${count - 1}, as there are ${count} categories,`;
    refuse(`${where}, ${placeOf(i, range)}: ${value} is no category`, `whole numbers ${allowed} are meant`);
  }
}

function checkClasses({ name, categories }: Column, { count, columns }: Samples, range: Range): void {
  const values = columns.get(name)?.values ?? [];
  let only: number | undefined;
  for (let i = range.begin; i < range.end; i++) {
    const value = values[i] as number;
    if (value < 0 || !isUsed(i, range)) continue;
    if (only !== undefined && value !== only) return;
    only = value;
  }
  const label = only === undefined ? "−1, which does not count" : excerpt(categories?.[only] ?? String(only));
  const problem = `all ${grouped(count)} training samples have the same ${excerpt(name)}: ${label}`;
  refuse(problem, "at least two classes are needed to learn which is which");
}

/** Samples may leave gaps between them, where anything may stand. */
function isUsed(position: number, { begin, size, stride }: Range): boolean {
  return size >= stride || (position - begin) % stride < size;
}

/** The first sample with a position of the values, and the place in it. */
function placeOf(position: number, { begin, size, stride }: Range): string {
  const sample = Math.max(0, Math.ceil((position - begin - size + 1) / stride));
  const inside = position - begin - sample * stride;
  return size === 1 ? `sample ${grouped(sample)}` : `sample ${grouped(sample)}, value ${inside}`;
}

function refuse(problem: string, cure: string): never {
  throw new DescentError("data", `${problem}; ${cure}`);
}
