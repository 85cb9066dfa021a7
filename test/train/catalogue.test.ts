import { expect, test } from "vitest";
import { layers } from "../../src/nn/layers.ts";
import { catalogue } from "../../src/train/catalogue.ts";

test("all that can be chosen is plain data, which a message carries unchanged", () => {
  const given = catalogue();
  expect(structuredClone(given)).toEqual(given);
  expect(given.layers.map(({ kind }) => kind)).toEqual(layers.map(({ kind }) => kind));
  for (const list of Object.values(given)) expect(Object.keys(list).length).toBeGreaterThan(0);
});
