import type * as z from "zod/mini";
import type { Field, Fields } from "./field.ts";
import {
  either,
  listOf,
  oneOf,
  only,
  pairOf,
  realNumber,
  realNumberOrNull,
  textUpTo,
  trueOrFalse,
  wholeNumber,
  wholeWords,
  withDefault,
} from "./schemas.ts";

/** The schema of a field. */
function schemaOfField(field: Field): z.ZodMiniType {
  switch (field.kind) {
    case "integer":
      return wholeNumber(field.min, field.max);
    case "auto": {
      const wanted = `${wholeWords(field.min, field.max)}, or "auto"`;
      return either(only("auto"), wholeNumber(field.min, field.max, wanted), wanted);
    }
    case "number":
      return realNumber(field.min, field.max);
    case "optional":
      return realNumberOrNull(field.min, field.max);
    case "choice":
      return oneOf(field.options);
    case "flag":
      return trueOrFalse();
    case "pair": {
      const { min, max } = field;
      const wanted = `${wholeWords(min, max)}, or two of them: [height, width]`;
      const side = wholeNumber(min, max);
      return either(wholeNumber(min, max, wanted), pairOf(side, wanted), wanted);
    }
    case "list": {
      const { min, max, maxLength } = field;
      const wanted = `a list of at most ${maxLength} whole numbers from ${min} to ${max}`;
      return listOf(wholeNumber(min, max), 0, maxLength, wanted);
    }
    case "line":
      return textUpTo(field.maxLength);
  }
}

/** The schemas of fields, by name; fields that are left out take their defaults. */
export function shapeOf(fields: Fields): Record<string, z.ZodMiniType> {
  const entries = Object.entries(fields);
  return Object.fromEntries(entries.map(([name, field]) => [name, withDefault(schemaOfField(field), field.default)]));
}
