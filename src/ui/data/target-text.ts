import type { ColumnDescription, SampleValues } from "../../app/engine-types.ts";
import { formatNumber } from "../format.ts";

/** What a sample's target is, in a word or a number; undefined where it is neither. */
export function targetText({ name, shape, dtype, categories }: ColumnDescription, samples: SampleValues, k: number) {
  const size = shape.reduce((product, side) => product * side, 1);
  const value = samples.columns.get(name)?.[k * size];
  if (size !== 1 || value === undefined) return undefined;
  return dtype === "i32" ? (categories?.[value] ?? String(value)) : formatNumber(value, 3);
}
