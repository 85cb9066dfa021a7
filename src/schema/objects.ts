import * as z from "zod/mini";
import { issueMessage } from "./issue-text.ts";
import { faultOf, guessed, told } from "./schemas.ts";
import { shownValue } from "./shown-value.ts";
import { alike, type Text } from "./text.ts";

/** An object with these keys and no others. `what` is its name in errors: `Dense`, `an experiment`. */
export function strict<S extends Readonly<Record<string, z.ZodMiniType>>>(what: Text, shape: S) {
  const names = Object.keys(shape);
  const noObject = told({ en: `an object with ${names.join(", ")}`, zh: `对象，字段有 ${names.join("、")}` });
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? unknownKeys(issue.keys as string[], what, names) : noObject(issue),
  });
}

function unknownKeys(keys: readonly string[], what: Text, names: readonly string[]): string {
  const shown = keys.slice(0, 3).map((key) => shownValue(key).en);
  const others =
    keys.length > 3 ? { en: ` and ${keys.length - 3} others`, zh: ` 等 ${keys.length} 个字段` } : alike("");
  const fault = keys.length === 1 ? `is no field of ${what.en}` : `are no fields of ${what.en}`;
  const guess = guessed(keys[0], names);
  return issueMessage({
    en: `has ${shown.join(", ")}${others.en}, which ${fault};${guess.en} fields: ${names.join(", ")}`,
    zh: `含有 ${shown.join("、")}${others.zh}，但“${what.zh}”没有这样的字段；${guess.zh}可用的字段：${names.join("、")}`,
  });
}

/** One of several objects, told apart by the text under `key`; `what` is the name of what they are: `layers`. */
export function variants(key: string, what: Text, shapes: ReadonlyMap<string, Record<string, z.ZodMiniType>>) {
  const kinds = [...shapes.keys()];
  const byKind = new Map(
    [...shapes].map(([kind, shape]) => [kind, strict(alike(kind), { [key]: z.literal(kind), ...shape })]),
  );
  const noObject = told({
    en: `an object with "${key}": one of ${kinds.join(", ")}`,
    zh: `对象，其 "${key}" 为 ${kinds.join("、")} 之一`,
  });
  return z.pipe(
    z.unknown(),
    z.transform((value, context) => {
      const refuse = (message: string, path: PropertyKey[]) => {
        context.issues.push({ code: "custom", input: value, message, path });
      };
      if (!isRecord(value)) {
        refuse(noObject({ input: value }), []);
        return z.NEVER;
      }
      const kind = value[key];
      const option = byKind.get(kind as string);
      if (option === undefined) {
        const fault = faultOf(kind);
        const guess = guessed(kind, kinds);
        const message = issueMessage({
          en: `${fault.en};${guess.en} ${what.en}: ${kinds.join(", ")}`,
          zh: `${fault.zh}；${guess.zh}可用的${what.zh}：${kinds.join("、")}`,
        });
        refuse(message, [key]);
        return z.NEVER;
      }
      const result = option.safeParse(value);
      if (result.success) return result.data as Record<string, unknown>;
      for (const { path, message } of result.error.issues) refuse(message, [...path]);
      return z.NEVER;
    }),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
