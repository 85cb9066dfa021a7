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
      const { en, zh } = wholeWords(field.min, field.max);
      const wanted = { en: `${en}, or "auto"`, zh: `${zh}，或 "auto"` };
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
      const { en, zh } = wholeWords(min, max);
      const wanted = { en: `${en}, or two of them: [height, width]`, zh: `${zh}，或两个这样的数：[高, 宽]` };
      const side = wholeNumber(min, max);
      return either(wholeNumber(min, max, wanted), pairOf(side, wanted), wanted);
    }
    case "list": {
      const { min, max, maxLength } = field;
      const wanted = {
        en: `a list of at most ${maxLength} whole numbers from ${min} to ${max}`,
        zh: `最多 ${maxLength} 个 ${min} 到 ${max} 之间的整数组成的列表`,
      };
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
