import { DescentError } from "../errors.ts";
import type { Text } from "../schema/text.ts";
import { grouped } from "./data-error.ts";
import type { Dataset, Samples } from "./dataset.ts";

/** One class for each character: more of them would make the last layer larger than the rest of a small model. */
const MAX_CHARACTERS = 512;

export interface TextWindows {
  /** Characters of a sample. */
  readonly length: number;
  /** Characters from one training sample to the next. */
  readonly stride: number;
  /** Fraction of the text, at its end, that is kept for validation. */
  readonly validation: number;
}

/** A text in numbers: ids[i] is the place of character i in the vocabulary. */
export interface TokenText {
  readonly ids: Int32Array<ArrayBuffer>;
  /** The distinct characters, in the order of their code points. */
  readonly vocabulary: readonly string[];
}

/** The characters (code points) of a text as places in its vocabulary. Throws "data" at more than 512 of them. */
export function tokenize(text: string): TokenText {
  const codePoints = new Int32Array(text.length);
  let count = 0;
  for (const character of text) codePoints[count++] = character.codePointAt(0) as number;
  const distinct = Array.from(new Set(codePoints.subarray(0, count))).sort((a, b) => a - b);
  if (distinct.length > MAX_CHARACTERS) {
    const count = grouped(distinct.length);
    throw new DescentError("data", {
      en: `the text has ${count} different characters, at most ${MAX_CHARACTERS} can be learned; choose a text in an alphabetic script, or replace its rare characters`,
      zh: `文本有 ${count} 种不同的字符，最多只能学习 ${MAX_CHARACTERS} 种；请选择用字母文字写成的文本，或替换其中的罕见字符`,
    });
  }
  const placeOf = new Map(distinct.map((codePoint, place) => [codePoint, place]));
  const ids = new Int32Array(count);
  for (let i = 0; i < count; i++) ids[i] = placeOf.get(codePoints[i] as number) as number;
  return { ids, vocabulary: distinct.map((codePoint) => String.fromCodePoint(codePoint)) };
}

export const textWords = { text: { en: "text", zh: "文本" }, next: { en: "next", zh: "后续" } };

/**
 * Windows of a text: the input "text" (length) and the target "next" (length), the same characters one later. All
 * share the text's ids. Validation windows lie side by side in the last part of the text, which no training window
 * reaches. Throws "data" where a part is shorter than one window, or the vocabulary too large.
 */
export function textDataset(text: string, { length, stride, validation }: TextWindows): Dataset {
  const { ids, vocabulary } = tokenize(text);
  const held = Math.floor(ids.length * validation);
  const trained = ids.length - held;
  checkLength({ en: "for training", zh: "训练" }, trained, length);
  if (validation > 0) checkLength({ en: "for validation", zh: "验证" }, held, length);
  const columns = (offset: number, step: number): Samples["columns"] =>
    new Map([
      ["text", { values: ids, offset, stride: step }],
      ["next", { values: ids, offset: offset + 1, stride: step }],
    ]);
  return {
    inputs: [{ name: "text", shape: [length], dtype: "i32", categories: vocabulary }],
    target: { name: "next", shape: [length], dtype: "i32", categories: vocabulary },
    training: { count: windowsIn(trained, length, stride), columns: columns(0, stride) },
    validation: { count: windowsIn(held, length, length), columns: columns(trained, length) },
  };
}

/** How many windows, each with the character after it, begin `stride` apart in a text. */
function windowsIn(characters: number, length: number, stride: number): number {
  return characters > length ? Math.floor((characters - length - 1) / stride) + 1 : 0;
}

function checkLength(purpose: Text, characters: number, length: number): void {
  if (characters > length) return;
  const [there, needed] = [grouped(characters), grouped(length + 1)];
  throw new DescentError("data", {
    en: `${there} characters of the text are ${purpose.en}, a window needs ${needed}; choose a longer text, a smaller "length" or another "validation"`,
    zh: `文本中用于${purpose.zh}的字符有 ${there} 个，而一个窗口需要 ${needed} 个；请选择更长的文本，减小“窗口长度”，或修改“验证集比例”`,
  });
}
