import type { Op } from "../../src/graph/op.ts";
import { type Modules, opsOf, rowsOf } from "./collect.ts";
import type { OpRow } from "./row.ts";

/** Modules that loaded, and those that did not with the reason: one broken file must not hide the others' tests. */
interface Loaded<T> {
  readonly found: T[];
  readonly broken: readonly string[];
}

/** All rows of the op test table. */
export async function loadRows(): Promise<Loaded<OpRow>> {
  const { modules, broken } = await load(import.meta.glob("./rows/*.ts"));
  return { found: rowsOf(modules), broken };
}

/** All ops of src/graph/ops. */
export async function loadOps(): Promise<Loaded<Op>> {
  const { modules, broken } = await load(import.meta.glob(["../../src/graph/ops/*.ts", "!**/*.test.ts"]));
  return { found: opsOf(modules), broken };
}

/** The text of every file of src/graph/ops. */
export function opSources(): Record<string, string> {
  return import.meta.glob(["../../src/graph/ops/*.ts", "!**/*.test.ts"], {
    eager: true,
    query: "?raw",
    import: "default",
  });
}

async function load(files: Record<string, () => Promise<unknown>>): Promise<{ modules: Modules; broken: string[] }> {
  const modules: Modules = {};
  const broken: string[] = [];
  for (const [file, open] of Object.entries(files)) {
    try {
      modules[file] = (await open()) as Record<string, unknown>;
    } catch (error) {
      broken.push(`${file} does not load: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { modules, broken };
}
