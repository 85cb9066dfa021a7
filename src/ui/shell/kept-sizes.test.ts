import { expect, test } from "vitest";
import { memoryStorage } from "../../app/browser-storage.ts";
import { keepSizes, keptSizes } from "./kept-sizes.ts";

const UPPER = ["library", "canvas", "inspector"];

test("panels have the sizes that were kept", () => {
  const storage = memoryStorage();
  expect(keptSizes(storage, UPPER)).toBeUndefined();
  const sizes = { library: 15, canvas: 65, inspector: 20 };
  keepSizes(storage, sizes);
  expect(keptSizes(storage, UPPER)).toEqual(sizes);
});

test("a lesson that hides a panel leaves the sizes of all together as they were", () => {
  const storage = memoryStorage();
  const sizes = { library: 15, canvas: 65, inspector: 20 };
  keepSizes(storage, sizes);
  keepSizes(storage, { library: 40, canvas: 60 });
  expect(keptSizes(storage, UPPER)).toEqual(sizes);
  expect(keptSizes(storage, ["library", "canvas"])).toEqual({ library: 40, canvas: 60 });
});

test.each([
  "{",
  "",
  "null",
  "7",
  "[15, 65, 20]",
  '{"library":15,"canvas":85}',
  '{"library":15,"canvas":65,"other":20}',
  '{"library":"15","canvas":65,"inspector":20}',
  '{"library":-15,"canvas":65,"inspector":50}',
  '{"library":null,"canvas":65,"inspector":20}',
])("%j is no sizes of panels", (text) => {
  const storage = { ...memoryStorage(), getItem: () => text };
  expect(keptSizes(storage, UPPER)).toBeUndefined();
});

test("a storage that refuses everything costs only the sizes", () => {
  const refuse = () => {
    throw new Error("refused");
  };
  const storage = { getItem: refuse, setItem: refuse, removeItem: refuse };
  expect(keptSizes(storage, UPPER)).toBeUndefined();
  keepSizes(storage, { library: 40, canvas: 60 });
});
