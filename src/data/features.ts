import { excerpt, fileError, grouped } from "./data-error.ts";
import type { CategoricalColumn, NumericColumn, TableColumn } from "./formats/table.ts";

/** A column with more categories is taken for names or numbers of rows, of which nothing can be learned. */
const MAX_CATEGORIES = 256;
const MAX_BYTES = 2 ** 30;

/** Where a column's values go: position `first` of each sample of `size` values. */
interface Place {
  readonly values: Float32Array;
  readonly size: number;
  readonly first: number;
}

/**
 * The features (F) of the rows in `order`, of which the first `trained` are for training. A numeric column is one
 * feature, less its mean and over its deviation; a categorical one is as many as it has categories, 1 for the row's
 * own and 0 for the others. Where a value is missing, its features have their means. All statistics are those of the
 * training rows. Throws "data" where that would be too many, or the training rows have no value of a column.
 */
export function encodeFeatures(
  file: string,
  columns: readonly TableColumn[],
  order: Int32Array,
  trained: number,
): { values: Float32Array<ArrayBuffer>; size: number } {
  const size = columns.reduce((sum, column) => sum + widthOf(file, column), 0);
  const bytes = 4 * size * order.length;
  if (bytes > MAX_BYTES) {
    const [rows, features, needed, most] = [order.length, size, bytes, MAX_BYTES].map(grouped);
    throw fileError(file, {
      en: `${rows} rows of ${features} features take ${needed} bytes, at most ${most} are used; leave rows or columns out`,
      zh: `${rows} 行、每行 ${features} 个特征，共需 ${needed} 字节，最多只能使用 ${most} 字节；请去掉一些行或列`,
    });
  }
  const values = new Float32Array(size * order.length);
  let first = 0;
  for (const column of columns) {
    const place = { values, size, first };
    if (column.kind === "numeric") fillStandardised(file, column, order, trained, place);
    else fillOneHot(file, column, order, trained, place);
    first += widthOf(file, column);
  }
  return { values, size };
}

function widthOf(file: string, column: TableColumn): number {
  if (column.kind === "numeric") return 1;
  const { length } = column.categories;
  if (length <= MAX_CATEGORIES) return length;
  const [name, example] = [excerpt(column.name), excerpt(column.categories[0] ?? "")];
  throw fileError(file, {
    en: `column ${name.en} has ${grouped(length)} different texts (at most ${MAX_CATEGORIES}), such as ${example.en}; leave the column out`,
    zh: `列${name.zh}有 ${grouped(length)} 种不同的文本（最多 ${MAX_CATEGORIES} 种），例如${example.zh}；请去掉该列`,
  });
}

/** (x − mean) / deviation of a column's values in the rows of `order`; 0 where missing, and where all are the same. */
export function fillStandardised(
  file: string,
  { name, values }: NumericColumn,
  order: Int32Array,
  trained: number,
  place: Place,
): void {
  const known = Float64Array.from(order.subarray(0, trained), (row) => values[row] as number).filter(
    (value) => !Number.isNaN(value),
  );
  checkKnown(file, name, known.length, trained);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  const deviation = Math.sqrt(variance) || 1;
  for (const [sample, row] of order.entries()) {
    const value = values[row] as number;
    place.values[sample * place.size + place.first] = Number.isNaN(value) ? 0 : (value - mean) / deviation;
  }
}

function fillOneHot(
  file: string,
  { name, categories, codes }: CategoricalColumn,
  order: Int32Array,
  trained: number,
  { values, size, first }: Place,
): void {
  const counts = new Float64Array(categories.length);
  let known = 0;
  for (const row of order.subarray(0, trained)) {
    const code = codes[row] as number;
    if (code < 0) continue;
    counts[code] = (counts[code] as number) + 1;
    known++;
  }
  checkKnown(file, name, known, trained);
  const shares = counts.map((count) => count / known);
  for (const [sample, row] of order.entries()) {
    const code = codes[row] as number;
    if (code < 0) values.set(shares, sample * size + first);
    else values[sample * size + first + code] = 1;
  }
}

function checkKnown(file: string, name: string, known: number, trained: number): void {
  if (known > 0) return;
  const column = excerpt(name);
  throw fileError(file, {
    en: `column ${column.en} has no values in the rows for training (${grouped(trained)}); leave the column out, or choose another seed or "validation"`,
    zh: `列${column.zh}在用于训练的 ${grouped(trained)} 行中没有值；请去掉该列，或改用其他随机种子或“验证集比例”`,
  });
}
