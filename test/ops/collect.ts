import type { Op } from "../../src/graph/op.ts";
import type { OpRow } from "./row.ts";

export type Modules = Record<string, Record<string, unknown>>;

/** The rows that modules export, alone or in arrays, ordered by file and name. Two rows of one name are refused. */
export function rowsOf(modules: Modules): OpRow[] {
  const rows = new Map<string, OpRow>();
  for (const file of Object.keys(modules).sort()) {
    const found = Object.values(modules[file] ?? {})
      .flat()
      .filter(isRow);
    if (found.length === 0) throw new Error(`${file} exports no rows; export an OpRow or an array of them`);
    for (const row of found) {
      if (rows.has(row.name) && rows.get(row.name) !== row) {
        throw new Error(`${file}: there are two rows named "${row.name}"; name each after what sets it apart`);
      }
      rows.set(row.name, row);
    }
  }
  return [...rows.values()];
}

/** The ops that modules export, alone or as the values of an array or a record. */
export function opsOf(modules: Modules): Op[] {
  const exported = Object.values(modules).flatMap((module) => Object.values(module));
  const nested = exported.flatMap((value) => (isObject(value) && !isOp(value) ? Object.values(value) : [value]));
  return [...new Set(nested.filter(isOp))];
}

/** Ops that stand in a file without being exported, and so would escape the table: `file: name of the constant`. */
export function hiddenOps(sources: Record<string, string>): string[] {
  return Object.entries(sources).flatMap(([file, source]) => {
    const declared = source.matchAll(/^const (\w+)(?:: Op\b|(?<=Ops?)\b)/gm);
    return [...declared].map(([, name]) => `${file}: ${name}`);
  });
}

function isRow(value: unknown): value is OpRow {
  return isObject(value) && "draw" in value && "ops" in value && "tolerance" in value;
}

function isOp(value: unknown): value is Op {
  return isObject(value) && "name" in value && "infer" in value && "kernel" in value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
