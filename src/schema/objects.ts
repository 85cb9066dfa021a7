import * as z from "zod/mini";
import { guessed, told } from "./schemas.ts";
import { shownValue } from "./shown-value.ts";

/** An object with these keys and no others. `what` is its name in errors: `Dense`, `an experiment`. */
export function strict<S extends Readonly<Record<string, z.ZodMiniType>>>(what: string, shape: S) {
  const names = Object.keys(shape);
  const noObject = told(`an object with ${names.join(", ")}`);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? unknownKeys(issue.keys as string[], what, names) : noObject(issue),
  });
}

function unknownKeys(keys: readonly string[], what: string, names: readonly string[]): string {
  const shown = keys.slice(0, 3).map(shownValue).join(", ");
  const others = keys.length > 3 ? ` and ${keys.length - 3} others` : "";
  const fault = keys.length === 1 ? `is no field of ${what}` : `are no fields of ${what}`;
  return `has ${shown}${others}, which ${fault};${guessed(keys[0], names)} fields: ${names.join(", ")}`;
}

/** One of several objects, told apart by the text under `key`; `what` is the name of what they are: `layers`. */
export function variants(key: string, what: string, shapes: ReadonlyMap<string, Record<string, z.ZodMiniType>>) {
  const kinds = [...shapes.keys()];
  const byKind = new Map(
    [...shapes].map(([kind, shape]) => [kind, strict(kind, { [key]: z.literal(kind), ...shape })]),
  );
  const noObject = told(`an object with "${key}": one of ${kinds.join(", ")}`);
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
        const fault = kind === undefined ? "is missing" : `is ${shownValue(kind)}`;
        refuse(`${fault};${guessed(kind, kinds)} ${what}: ${kinds.join(", ")}`, [key]);
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
