import * as z from "zod/mini";
import { nearestName } from "./nearest-name.ts";
import { shownValue } from "./shown-value.ts";

// Schemas check JSON. Their errors say the value and what is allowed; `parse` adds the path.

export const wholeWords = (min: number, max: number) => `a whole number from ${min} to ${max}`;

export function wholeNumber(min: number, max: number, wanted = wholeWords(min, max)) {
  const error = told(wanted);
  return z.int({ error }).check(z.minimum(min, { error }), z.maximum(max, { error }));
}

export function wholeNumberOrNull(min: number, max: number) {
  const wanted = `${wholeWords(min, max)}, or null`;
  return either(z.null(), wholeNumber(min, max, wanted), wanted);
}

export function realNumber(min: number, max: number, wanted = `a number from ${min} to ${max}`) {
  const error = told(wanted);
  return z.number({ error }).check(z.minimum(min, { error }), z.maximum(max, { error }));
}

export function realNumberOrNull(min: number, max: number) {
  const wanted = `a number from ${min} to ${max}, or null`;
  return either(z.null(), realNumber(min, max, wanted), wanted);
}

export function only<const T extends string | number>(value: T) {
  return z.literal(value, { error: told(JSON.stringify(value)) });
}

/** Two of a kind, told in words. */
export function pairOf<T extends z.ZodMiniType>(element: T, wanted: string) {
  return z.tuple([element, element], { error: told(wanted) });
}

export function trueOrFalse() {
  return z.boolean({ error: told("true or false") });
}

export function oneOf<const T extends string>(options: readonly T[]) {
  return z.enum(options as [T, ...T[]], { error: told(`one of ${options.join(", ")}`, options) });
}

/** A list of at least `min` and at most `max` elements; `wanted` tells that in words. */
export function listOf<T extends z.ZodMiniType>(element: T, min: number, max: number, wanted: string) {
  const error = told(wanted);
  return z.array(element, { error }).check(z.minLength(min, { error }), z.maxLength(max, { error }));
}

/** Different ones of these, in any order. */
export function someOf<const T extends string>(options: readonly T[]) {
  const error = told(`a list of different ones of ${options.join(", ")}`);
  return z.array(oneOf(options), { error }).check(z.refine((list) => new Set(list).size === list.length, { error }));
}

export function textUpTo(length: number) {
  const error = told(`a text of at most ${length} characters`);
  return z.string({ error }).check(z.maxLength(length, { error }));
}

/** A text that fits a pattern, told in words. */
export function textLike(pattern: RegExp, words: string) {
  const error = told(words);
  return z.string({ error }).check(z.regex(pattern, { error }));
}

export function withDefault<T extends z.ZodMiniType>(schema: T, value: z.output<T> | unknown) {
  return z._default(schema, value as never);
}

/** One of two schemas that accept values of different types; `wanted` tells both in words. */
export function either<A extends z.ZodMiniType, B extends z.ZodMiniType>(a: A, b: B, wanted: string) {
  return z.union([a, b], { error: told(wanted) });
}

/** The error of a value that is not what is wanted; `names` are what it may be meant for. */
export function told(wanted: string, names: readonly string[] = []) {
  return ({ input }: { readonly input?: unknown }) =>
    input === undefined
      ? `is missing; give ${wanted}`
      : `is ${shownValue(input)};${guessed(input, names)} give ${wanted}`;
}

export function guessed(given: unknown, names: readonly string[]): string {
  const nearest = typeof given === "string" ? nearestName(given, names) : undefined;
  return nearest === undefined ? "" : ` did you mean ${nearest}?`;
}
