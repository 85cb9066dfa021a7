import * as z from "zod/mini";
import { DescentError, type ErrorKind } from "../errors.ts";
import type { Field, Fields } from "./field.ts";

/** Rejects keys it does not name; absent ones take their defaults. */
export type Schema<T = unknown> = z.ZodMiniType<T>;

/** The schema of a field. Its errors say the value and what is allowed; `parse` adds the path. */
function schemaOfField(field: Field): z.ZodMiniType {
  switch (field.kind) {
    case "integer":
      return withDefault(wholeNumber(field.min, field.max), field.default);
    case "auto": {
      const { min, max } = field;
      const error = told(`a whole number from ${min} to ${max}, or "auto"`);
      const schema = z.union([z.literal("auto"), wholeNumber(min, max)], { error });
      return withDefault(schema, field.default);
    }
    case "number":
      return withDefault(realNumber(field.min, field.max), field.default);
    case "optional": {
      const { min, max } = field;
      const error = told(`a number from ${min} to ${max}, or null`);
      return withDefault(z.union([z.null(), realNumber(min, max)], { error }), field.default);
    }
    case "choice":
      return withDefault(oneOf(field.options), field.default);
    case "flag":
      return withDefault(z.boolean({ error: told("true or false") }), field.default);
    case "pair": {
      const { min, max } = field;
      const whole = wholeNumber(min, max);
      const error = told(`a whole number from ${min} to ${max}, or two of them: [height, width]`);
      return withDefault(z.union([whole, z.tuple([whole, whole])], { error }), field.default);
    }
    case "list": {
      const { min, max, maxLength } = field;
      const error = told(`a list of at most ${maxLength} whole numbers from ${min} to ${max}`);
      return withDefault(
        z.array(wholeNumber(min, max), { error }).check(z.maxLength(maxLength, { error })),
        field.default,
      );
    }
    case "line": {
      const error = told(`a text of at most ${field.maxLength} characters`);
      return withDefault(z.string({ error }).check(z.maxLength(field.maxLength, { error })), field.default);
    }
  }
}

/** The schemas of fields, by name. */
export function shapeOf(fields: Fields): Record<string, z.ZodMiniType> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOfField(field)]));
}

/** An object with these keys and no others. `what` is its name in errors: `Dense`, `the experiment`. */
export function strict<S extends Readonly<Record<string, z.ZodMiniType>>>(what: string, shape: S) {
  const allowed = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return `is ${shown(issue.input)}; give an object with ${allowed}`;
      const keys = (issue.keys as string[]).map((key) => `"${key}"`).join(", ");
      return `has ${keys}, which ${what} does not have; it has ${allowed}`;
    },
  });
}

/** One of several objects, told apart by the text under `key`; `what` is the name of what they are: `layer`. */
export function variants(key: string, what: string, shapes: ReadonlyMap<string, Record<string, z.ZodMiniType>>) {
  const options = [...shapes].map(([kind, shape]) => strict(kind, { [key]: z.literal(kind), ...shape }));
  const byKind = new Map([...shapes.keys()].map((kind, k) => [kind, options[k] as (typeof options)[number]]));
  return z.pipe(
    z.unknown(),
    z.transform((value, context) => {
      const kind = isRecord(value) ? value[key] : undefined;
      const option = typeof kind === "string" ? byKind.get(kind) : undefined;
      if (option === undefined) {
        const message = isRecord(value)
          ? `is ${shown(kind)}; give a ${what}: ${[...byKind.keys()].join(", ")}`
          : `is ${shown(value)}; give an object with "${key}": one of ${[...byKind.keys()].join(", ")}`;
        context.issues.push({ code: "custom", input: kind, message, path: isRecord(value) ? [key] : [] });
        return z.NEVER;
      }
      const result = option.safeParse(value);
      if (result.success) return result.data as Record<string, unknown>;
      for (const { path, message } of result.error.issues) {
        context.issues.push({ code: "custom", input: value, message, path: [...path] });
      }
      return z.NEVER;
    }),
  );
}

export function wholeNumber(min: number, max: number) {
  const error = told(`a whole number from ${min} to ${max}`);
  return z.int({ error }).check(z.minimum(min, { error }), z.maximum(max, { error }));
}

export function realNumber(min: number, max: number) {
  const error = told(`a number from ${min} to ${max}`);
  return z.number({ error }).check(z.minimum(min, { error }), z.maximum(max, { error }));
}

export function oneOf<const T extends string>(options: readonly T[]) {
  return z.enum(options as [T, ...T[]], { error: told(`one of ${options.join(", ")}`) });
}

/** A text of so many characters that fits a pattern, told in words. */
export function textLike(pattern: RegExp, words: string) {
  const error = told(words);
  return z.string({ error }).check(z.regex(pattern, { error }));
}

export function withDefault<T extends z.ZodMiniType>(schema: T, value: z.output<T> | unknown) {
  return z._default(schema, value as never);
}

/** The value, checked and completed; throws an error that names the first place that is wrong. */
export function parse<T extends z.ZodMiniType>(schema: T, value: unknown, name: string, kind: ErrorKind): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues as [z.core.$ZodIssue, ...z.core.$ZodIssue[]];
  throw new DescentError(kind, `${pathOf(name, path)} ${message}`);
}

/** As it is written in JavaScript: model.nodes[2].units */
function pathOf(name: string, path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return text.startsWith(".") ? text.slice(1) : `${name}${text}`;
}

function told(wanted: string) {
  return (issue: { readonly input?: unknown }) =>
    issue.input === undefined ? `is missing; give ${wanted}` : `is ${shown(issue.input)}; give ${wanted}`;
}

/** A value in an error: short, and in one line. */
function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
