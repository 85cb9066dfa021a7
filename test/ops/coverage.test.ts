import { describe, expect, it } from "vitest";
import { buildCase } from "./case-graph.ts";
import { hiddenOps } from "./collect.ts";
import { casesPerOp, checkCoverage, missingPromises, missingSizes, opNames } from "./coverage.ts";
import { loadOps, loadRows, opSources } from "./everything.ts";
import { EXCLUSIONS } from "./exclusions.ts";
import { HARDWARE, SOFTWARE } from "./profiles.ts";
import { PROMISED_OPS } from "./promised-ops.ts";
import { createRandom } from "./random.ts";
import { casesOf, RANDOM_CASES } from "./trial.ts";

const [rows, ops] = await Promise.all([loadRows(), loadOps()]);

describe("the op test table", () => {
  it("loads all its files", () => {
    expect([...rows.broken, ...ops.broken]).toEqual([]);
  });

  it("has a row for every op, or a reason in the list of exclusions, and no stale exclusion", () => {
    expect(checkCoverage(ops.found, rows.found, EXCLUSIONS)).toEqual([]);
  });

  it("has every op that the engine promises", () => {
    expect(missingPromises(PROMISED_OPS, rows.found)).toEqual([]);
  });

  it("sees every op, because all are exported", () => {
    expect(hiddenOps(opSources())).toEqual([]);
    const exported = new Set(ops.found.map(({ name }) => name));
    const used = rows.found.flatMap((row) => {
      const random = createRandom(row.name);
      return casesOf(row).drawn.flatMap((drawn) => {
        const { outputs, gradients } = buildCase(drawn, row.gradient, random);
        return [...opNames([...outputs, ...gradients.map(([, dx]) => dx)], [HARDWARE, SOFTWARE])];
      });
    });
    expect([...new Set(used)].filter((name) => !exported.has(name))).toEqual([]);
  });

  it("tries every op with sizes 0, 1, odd, round 64 and round 256", () => {
    expect(missingSizes(rows.found)).toEqual([]);
  });

  it(`tries every op in at least ${RANDOM_CASES} random cases`, () => {
    const counts = casesPerOp(rows.found, [HARDWARE, SOFTWARE]);
    expect([...counts].filter(([, count]) => count < RANDOM_CASES)).toEqual([]);
  });
});
