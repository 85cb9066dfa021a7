import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Gpu, openGpu } from "../../src/gpu/device.ts";
import { nodeGpu } from "../../src/gpu/node-gpu.ts";
import { type Evaluate, evaluateOn } from "./evaluate.ts";
import { loadRows } from "./everything.ts";
import type { OpRow } from "./row.ts";
import { createTrial, hasVariants, RANDOM_CASES, type Trial } from "./trial.ts";

/** A row on a software GPU may have to compile a few hundred pipelines. */
const TIMEOUT_MS = 240_000;
const SHOWN = 12;

/**
 * Tests of one part of the op test table, on one GPU. Neighbouring rows go to different parts, which makes the parts
 * about equally long. DESCENT_TIMING=1 prints how long each row took.
 */
export async function testTable(part: number, of: number): Promise<void> {
  const { found, broken } = await loadRows();
  it("has rows that load", () => expect(broken).toEqual([]));

  let opened: Promise<Gpu> | undefined;
  const open = () => {
    opened ??= nodeGpu().then((gpu) => openGpu({ gpu, deadlineMs: TIMEOUT_MS }));
    return opened;
  };
  afterAll(async () => (await opened)?.destroy());
  const rows = found.filter((_, k) => k % of === part - 1);
  for (const row of rows) describe(row.name, () => testRow(row, open));
}

function testRow(row: OpRow, open: () => Promise<Gpu>): void {
  const evaluate: Evaluate = async (...asked) => evaluateOn(await open())(...asked);
  let trial: Trial;
  beforeAll(() => {
    trial = createTrial(row, evaluate);
  });
  const test = (sentence: string, failures: () => string[] | Promise<string[]>) =>
    it(sentence, async () => expectNone(row, await timed(`${row.name} ${sentence}`, failures)), TIMEOUT_MS);

  const cases = row.cases ?? RANDOM_CASES;
  test(`gives its float64 reference's values, in ${cases} random cases and the fixed ones`, () => trial.forward());
  if (row.adversarial !== undefined && row.adversarial !== false) {
    test("tells NaN and infinities apart as its reference does", () => trial.adversarial());
  }
  const { gradient } = row;
  if ("none" in gradient) {
    it(`has no gradient: ${gradient.none}`, () => expect(gradient.none.length).toBeGreaterThan(10));
  } else {
    test("has the gradient that finite differences give", () => trial.finiteDifferences());
    test("computes the same gradient on the GPU", () => trial.gradients());
  }
  if (hasVariants(row)) {
    test("gives the same with the kernels for another kind of adapter", async () => {
      const { profile } = await open();
      return trial.otherVariants(profile, { ...profile, software: !profile.software });
    });
  }
}

function expectNone(row: OpRow, failures: readonly string[]): void {
  if (failures.length === 0) return;
  const rest = failures.length > SHOWN ? `\n… and ${failures.length - SHOWN} more` : "";
  const lines = failures.slice(0, SHOWN).map((failure) => `${row.name}, case ${failure}`);
  expect.fail(`${failures.length} failures\n${lines.join("\n")}${rest}`);
}

async function timed(what: string, run: () => string[] | Promise<string[]>): Promise<string[]> {
  const start = performance.now();
  try {
    return await run();
  } finally {
    const milliseconds = (performance.now() - start).toFixed(0);
    if (process.env.DESCENT_TIMING !== undefined) console.info(`${milliseconds} ms: ${what}`);
  }
}
