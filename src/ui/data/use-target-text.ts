import type { ColumnDescription, SampleValues } from "../../app/engine-types.ts";
import { formatNumber } from "../format.ts";
import { useDataName } from "../use-data-name.ts";

/** What a sample's target is, in a word or a number; undefined where it is neither. */
export function useTargetText() {
  const nameOf = useDataName();
  return ({ name, shape, dtype, categories }: ColumnDescription, samples: SampleValues, k: number) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const value = samples.columns.get(name)?.[k * size];
    if (size !== 1 || value === undefined) return undefined;
    const category = categories?.[value];
    if (dtype === "f32") return formatNumber(value, 3);
    return category === undefined ? String(value) : nameOf(category);
  };
}
