import { expect, test } from "vitest";
import { differencesOf } from "./against-interpreter.ts";
import { NAIVE, type PlanOptions, sharedGpu } from "./open.ts";
import { randomProgram } from "./random-program.ts";

const shared = sharedGpu();

/** More of them, to look for mistakes that these do not find: `PROGRAMS=500 npx vitest run test/plan/random-programs`. */
const PROGRAMS = Number(process.env.PROGRAMS ?? 30);
const FIRST = Number(process.env.FIRST ?? 0);

test.each(Array.from({ length: PROGRAMS }, (_, k) => FIRST + k))(
  "random program %i computes what the interpreter computes, over two steps",
  async (seed) => {
    const { program, initial } = randomProgram(seed);
    expect(await differencesOf(shared(), program, initial, 2, {})).toEqual([]);
    const others = [NAIVE, { software: !shared().profile.software }, { inPlace: false }];
    expect(await differencesOf(shared(), program, initial, 2, others[seed % 3] as PlanOptions)).toEqual([]);
  },
);
