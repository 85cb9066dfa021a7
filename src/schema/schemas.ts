import * as z from "zod/mini";
import { issueMessage } from "./issue-text.ts";
import { nearestName } from "./nearest-name.ts";
import { shownValue } from "./shown-value.ts";
import { alike, type Text } from "./text.ts";

// Schemas check JSON. Their errors say the value and what is allowed; `parse` adds the path.

export function wholeWords(min: number, max: number): Text {
  return { en: `a whole number from ${min} to ${max}`, zh: `${min} 到 ${max} 之间的整数` };
}

function realWords(min: number, max: number): Text {
  return { en: `a number from ${min} to ${max}`, zh: `${min} 到 ${max} 之间的数` };
}

function orNull({ en, zh }: Text): Text {
  return { en: `${en}, or null`, zh: `${zh}，或 null` };
}

function oneOfWords(names: readonly string[]): Text {
  return { en: `one of ${names.join(", ")}`, zh: `${names.join("、")} 之一` };
}

export function wholeNumber(min: number, max: number, wanted = wholeWords(min, max)) {
  const error = told(wanted);
  return z.int({ error }).check(z.minimum(min, { error }), z.maximum(max, { error }));
}

export function wholeNumberOrNull(min: number, max: number) {
  const wanted = orNull(wholeWords(min, max));
  return either(z.null(), wholeNumber(min, max, wanted), wanted);
}

export function realNumber(min: number, max: number, wanted = realWords(min, max)) {
  const error = told(wanted);
  return z.number({ error }).check(z.minimum(min, { error }), z.maximum(max, { error }));
}

export function realNumberOrNull(min: number, max: number) {
  const wanted = orNull(realWords(min, max));
  return either(z.null(), realNumber(min, max, wanted), wanted);
}

export function only<const T extends string | number>(value: T) {
  return z.literal(value, { error: told(alike(JSON.stringify(value))) });
}

/** Two of a kind, told in words. */
export function pairOf<T extends z.ZodMiniType>(element: T, wanted: Text) {
  return z.tuple([element, element], { error: told(wanted) });
}

export function trueOrFalse() {
  return z.boolean({ error: told({ en: "true or false", zh: "true 或 false" }) });
}

export function oneOf<const T extends string>(options: readonly T[]) {
  return z.enum(options as [T, ...T[]], { error: told(oneOfWords(options), options) });
}

/** A list of at least `min` and at most `max` elements; `wanted` tells that in words. */
export function listOf<T extends z.ZodMiniType>(element: T, min: number, max: number, wanted: Text) {
  const error = told(wanted);
  return z.array(element, { error }).check(z.minLength(min, { error }), z.maxLength(max, { error }));
}

/** Different ones of these, in any order. */
export function someOf<const T extends string>(options: readonly T[]) {
  const error = told({
    en: `a list of different ones of ${options.join(", ")}`,
    zh: `列表，各项互不相同，取自 ${options.join("、")}`,
  });
  return z.array(oneOf(options), { error }).check(z.refine((list) => new Set(list).size === list.length, { error }));
}

export function textUpTo(length: number) {
  const error = told({ en: `a text of at most ${length} characters`, zh: `最多 ${length} 个字符的文本` });
  return z.string({ error }).check(z.maxLength(length, { error }));
}

/** A text that fits a pattern, told in words. */
export function textLike(pattern: RegExp, words: Text) {
  const error = told(words);
  return z.string({ error }).check(z.regex(pattern, { error }));
}

export function withDefault<T extends z.ZodMiniType>(schema: T, value: z.output<T> | unknown) {
  return z._default(schema, value as never);
}

/** One of two schemas that accept values of different types; `wanted` tells both in words. */
export function either<A extends z.ZodMiniType, B extends z.ZodMiniType>(a: A, b: B, wanted: Text) {
  return z.union([a, b], { error: told(wanted) });
}

/** The error of a value that is not what is wanted; `names` are what it may be meant for. */
export function told(wanted: Text, names: readonly string[] = []) {
  return ({ input }: { readonly input?: unknown }) => {
    const fault = faultOf(input);
    const guess = guessed(input, names);
    return issueMessage({
      en: `${fault.en};${guess.en} give ${wanted.en}`,
      zh: `${fault.zh}；${guess.zh}应为：${wanted.zh}`,
    });
  };
}

/** What a value that is not wanted is. */
export function faultOf(value: unknown): Text {
  if (value === undefined) return { en: "is missing", zh: "缺失" };
  const { en, zh } = shownValue(value);
  return { en: `is ${en}`, zh: `为 ${zh}` };
}

export function guessed(given: unknown, names: readonly string[]): Text {
  const nearest = typeof given === "string" ? nearestName(given, names) : undefined;
  return nearest === undefined ? alike("") : { en: ` did you mean ${nearest}?`, zh: `是否想写 ${nearest}？` };
}
