import { describe, expect, test } from "vitest";
import { dataSources } from "../../src/data/sources.ts";
import { optimizerFields, scheduleFields } from "../../src/nn/common-fields.ts";
import { layers } from "../../src/nn/layers.ts";
import { losses } from "../../src/nn/losses.ts";
import { metrics } from "../../src/nn/metrics.ts";
import { optimizers } from "../../src/nn/optimizers.ts";
import { schedules } from "../../src/nn/schedules.ts";
import type { Field, Fields } from "../../src/schema/field.ts";
import { shapeOf } from "../../src/schema/field-schema.ts";
import { strict } from "../../src/schema/objects.ts";
import { parse } from "../../src/schema/parse.ts";
import { alike, type Text } from "../../src/schema/text.ts";

// What every layer, optimizer, schedule, loss and data set must say of itself, so that a screen can draw its controls.

interface Listed {
  readonly kind: string;
  readonly help: Text;
  readonly label?: Text;
  readonly fields?: Fields;
}

/** The lists, and the names that stand beside an entry's own fields in the JSON. */
const lists: readonly (readonly [what: string, entries: readonly Listed[], reserved: readonly string[]])[] = [
  ["layer", layers, ["id", "layer", "frozen", "at"]],
  ["optimizer", optimizers, ["kind", ...Object.keys(optimizerFields)]],
  ["schedule", schedules, ["kind", ...Object.keys(scheduleFields)]],
  ["loss", losses, ["kind"]],
  ["metric", metrics, ["kind"]],
  ["data source", dataSources, ["kind"]],
];

const all = lists.flatMap(([what, entries, reserved]) =>
  entries.map((entry) => ({ name: `${what} ${entry.kind}`, what, entry, reserved })),
);
const common = { name: "every optimizer", entry: { fields: optimizerFields } };
const commonOfSchedules = { name: "every schedule", entry: { fields: scheduleFields } };
const fields = [...all, common, commonOfSchedules].flatMap(({ name, entry }) =>
  Object.entries<Field>(entry.fields ?? {}).map(([key, field]) => ({ name: `${name}.${key}`, key, field })),
);

test.each(lists)("every %s is in its list once", (_, entries) => {
  const kinds = entries.map(({ kind }) => kind);
  expect(kinds).toEqual([...new Set(kinds)]);
});

describe.each(all)("the $name", ({ what, entry, reserved }) => {
  test("is named as its family is written in JSON", () => {
    expect(entry.kind).toMatch(what === "layer" ? /^[A-Z][A-Za-z0-9]*$/ : /^[a-z][A-Za-z0-9]*$/);
  });

  test("says in both languages what it does", () => {
    expectSentence(entry.help);
    if (entry.label !== undefined) expectLabel(entry.label);
  });

  test("has no field whose name is taken", () => {
    for (const key of Object.keys(entry.fields ?? {})) {
      expect(reserved).not.toContain(key);
      expect(key in Object.prototype).toBe(false);
    }
  });
});

describe.each(fields)("the field of the $name", ({ key, field }) => {
  test("has a name in camel case", () => {
    expect(key).toMatch(/^[a-z][A-Za-z0-9]*$/);
  });

  test("has a label and a sentence in both languages", () => {
    expectLabel(field.label);
    expectSentence(field.help);
    if (field.kind === "auto") expectSentence(field.auto);
  });

  test("has a default that it would accept", () => {
    const schema = strict(alike("Thing"), shapeOf({ [key]: field }));
    expect(parse(schema, { [key]: field.default }, alike("thing"), "experiment")).toEqual({ [key]: field.default });
  });

  test("has numbers that a float32 holds, and a range", () => {
    if (!("min" in field)) return;
    expect(field.min).toBeLessThan(field.max);
    expect(Math.max(Math.abs(field.min), field.max)).toBeLessThan(3.4e38);
    if (field.kind !== "number" && field.kind !== "optional")
      expect([field.min, field.max].every(Number.isInteger)).toBe(true);
  });

  test("has different options", () => {
    if (field.kind !== "choice") return;
    expect(field.options.length).toBeGreaterThan(1);
    expect(new Set(field.options).size).toBe(field.options.length);
  });
});

test("a number that is set by factors is not negative", () => {
  for (const { field } of fields) {
    if (field.kind !== "number" || field.scale !== "log") continue;
    expect(field.min).toBeGreaterThanOrEqual(0);
  }
});

/** A few words, without a full stop, in English and Chinese. */
function expectLabel({ en, zh }: Text): void {
  expect(en).toMatch(/^\S(.{0,38}\S)?$/u);
  expect(zh).toMatch(/^\S(.{0,18}\S)?$/u);
  for (const text of [en, zh]) expect(text).not.toMatch(/[.。]$/);
}

/** A sentence that begins and ends as one does; a name in lower case may begin it: "same: zeros around …". */
function expectSentence({ en, zh }: Text): void {
  expect(en).toMatch(/^\S.{8,}[^.]\.$/u);
  expect(en).toMatch(/^(\p{Lu}|[a-z]+:)/u);
  expect(en).not.toMatch(/\p{Script=Han}| {2}/u);
  expect(zh).toMatch(/^\S.*。$/u);
  expect(zh).toMatch(/\p{Script=Han}{2}/u);
  // Half-width punctuation between Chinese characters is a slip of the keyboard.
  expect(zh).not.toMatch(/\p{Script=Han} ?[,;:?!] ?\p{Script=Han}/u);
}
