import { DescentError } from "../errors.ts";
import type { Text } from "../schema/text.ts";
import { excerpt, grouped } from "./data-error.ts";
import type { Column, ColumnValues, Dataset, Samples } from "./dataset.ts";
import { PARTS, type Part } from "./parts.ts";

/**
 * Throws "data" at the first thing in a data set that no model can be trained with: a part without samples, values
 * that do not agree with their number, size, offset and stride, a number that is not finite, a label or token that is
 * no category, or training labels that are all the same. Names part, column, sample (from 0) and value.
 */
export function checkDataset(dataset: Dataset): void {
  for (const part of ["training", "validation"] as const) {
    const samples = dataset[part];
    if (samples.count < 1) {
      refuse({
        en: `there are no ${PARTS[part].en} samples; add samples or change "validation"`,
        zh: `没有${PARTS[part].zh}样本；请增加样本，或修改“验证集比例”`,
      });
    }
    for (const column of dataset.inputs) checkColumn(part, column, samples, 0);
    const range = checkColumn(part, dataset.target, samples, dataset.target.gaps ? -1 : 0);
    if (part === "training" && dataset.target.dtype === "i32") checkClasses(dataset.target, samples, range);
  }
}

function checkColumn(part: Part, column: Column, samples: Samples, least: number): Range {
  const name = excerpt(column.name);
  const where = { en: `${PARTS[part].en} column ${name.en}`, zh: `${PARTS[part].zh}数据的列${name.zh}` };
  const stored = samples.columns.get(column.name);
  if (stored === undefined) {
    refuse({
      en: `${where.en} has no values; give it as many samples as the others have`,
      zh: `${where.zh}没有值；请给出与其他列一样多的样本`,
    });
  }
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
  where: Text,
  { shape, dtype }: Column,
  count: number,
  { values, offset: begin = 0, stride: given }: ColumnValues,
): Range {
  if (dtype === "i32" ? !(values instanceof Int32Array) : values instanceof Int32Array) {
    const right =
      dtype === "i32"
        ? { en: "an Int32Array", zh: "Int32Array" }
        : { en: "a Float32Array or Uint8Array", zh: "Float32Array 或 Uint8Array" };
    const given = values.constructor.name;
    refuse({
      en: `${where.en} is ${dtype}, its values are a ${given}; give ${right.en}`,
      zh: `${where.zh}的类型为 ${dtype}，其值却是 ${given}；请给出 ${right.zh}`,
    });
  }
  const size = shape.reduce((product, length) => product * length, 1);
  const stride = given ?? size;
  if (!Number.isInteger(begin) || begin < 0 || !Number.isInteger(stride) || stride < 1 || size < 1) {
    refuse({
      en: `${where.en} has samples of ${size} values, offset ${begin}, stride ${stride}; sizes and strides are whole numbers from 1, offsets from 0`,
      zh: `${where.zh}的每个样本有 ${size} 个值，偏移为 ${begin}，步幅为 ${stride}；大小和步幅应为从 1 起的整数，偏移应为从 0 起的整数`,
    });
  }
  const end = begin + (count - 1) * stride + size;
  if (end > values.length) {
    const [samples, needed, there] = [count, end, values.length].map(grouped);
    refuse({
      en: `${where.en}: ${samples} samples of ${size} values, offset ${begin}, stride ${stride}, take the values to ${needed}, but there are ${there} values; give as many samples as count says`,
      zh: `${where.zh}：${samples} 个样本，每个 ${size} 个值，偏移为 ${begin}，步幅为 ${stride}，共需 ${needed} 个值，却只有 ${there} 个；请给出足够的样本`,
    });
  }
  return { size, stride, begin, end };
}

function checkFinite(where: Text, { shape }: Column, { values }: ColumnValues, range: Range): void {
  if (values instanceof Uint8Array) return;
  for (let i = range.begin; i < range.end; i++) {
    if (Number.isFinite(values[i]) || !isUsed(i, range)) continue;
    const place = placeOf(i, range);
    const sizes = `[${shape.join(", ")}]`;
    refuse({
      en: `${where.en}, ${place.en} of shape ${sizes}: the value is ${values[i]}; leave the sample out or give it a finite number`,
      zh: `${where.zh}，${place.zh}（形状 ${sizes}）：该值为 ${values[i]}；请去掉该样本，或改为有限的数`,
    });
  }
}

function checkCategories(where: Text, column: Column, { values }: ColumnValues, range: Range, least: number): void {
  const count = column.categories?.length ?? Infinity;
  for (let i = range.begin; i < range.end; i++) {
    const value = values[i] as number;
    if ((value >= least && value < count) || !isUsed(i, range)) continue;
    const from = least < 0 ? { en: "0 (or −1: does not count)", zh: "0（或 −1：不计入）" } : { en: "0", zh: "0 " };
    const allowed =
      count === Infinity
        ? { en: `from ${from.en}`, zh: `从 ${from.zh}起的整数` }
        : {
            en: `from ${from.en} to ${count - 1}, as there are ${count} categories,`,
            zh: `从 ${from.zh}到 ${count - 1} 的整数，因为共有 ${count} 个类别`,
          };
    const place = placeOf(i, range);
    refuse({
      en: `${where.en}, ${place.en}: ${value} is no category; whole numbers ${allowed.en} are meant`,
      zh: `${where.zh}，${place.zh}：${value} 不是有效的类别；应为${allowed.zh}`,
    });
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
  const label =
    only === undefined
      ? { en: "−1, which does not count", zh: "−1，不计入" }
      : excerpt(categories?.[only] ?? String(only));
  const shown = excerpt(name);
  refuse({
    en: `all ${grouped(count)} training samples have the same ${shown.en}: ${label.en}; at least two classes are needed to learn which is which`,
    zh: `全部 ${grouped(count)} 个训练样本的${shown.zh}都相同：${label.zh}；至少需要两个类别才能学会区分`,
  });
}

/** Samples may leave gaps between them, where anything may stand. */
function isUsed(position: number, { begin, size, stride }: Range): boolean {
  return size >= stride || (position - begin) % stride < size;
}

/** The first sample with a position of the values, and the place in it; people count both from 1. */
function placeOf(position: number, { begin, size, stride }: Range): Text {
  const sample = Math.max(0, Math.ceil((position - begin - size + 1) / stride));
  const inside = position - begin - sample * stride;
  const [en, zh] = [`sample ${grouped(sample + 1)}`, `样本 ${grouped(sample + 1)}`];
  return size === 1 ? { en, zh } : { en: `${en}, value ${inside + 1}`, zh: `${zh}，值 ${inside + 1}` };
}

function refuse(text: Text): never {
  throw new DescentError("data", text);
}
