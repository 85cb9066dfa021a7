import { expect, test } from "vitest";
import { groupNodes } from "../../src/app/edits/groups.ts";
import { createExperimentStore } from "../../src/app/experiment-store.ts";
import { chain, small } from "../train/small-run.ts";

const hidden = { id: "hidden", layer: "Dense", units: 8 };
const more = { id: "more", layer: "Dense", units: 4 };

/** With one layer more than it began with, which can be undone. */
function edited() {
  const store = createExperimentStore();
  store.open(small({ model: chain(hidden) }), undefined);
  store.edit((experiment) => ({ ...experiment, model: small({ model: chain(hidden, more) }).model }));
  return store;
}

test("what is gone is not selected any more, after an undo and after an edit", () => {
  const store = edited();
  store.select(["more", "hidden", "hidden>more", "input>hidden"]);
  store.undo();
  expect(store.getState().selection).toEqual(["hidden", "input>hidden"]);
  store.redo();
  store.select(["more", "more>output"]);
  store.edit((experiment) => ({ ...experiment, model: small({ model: chain(hidden) }).model }));
  expect(store.getState().selection).toEqual([]);
});

test("what is still there stays selected, a block and the edges of one too", () => {
  const store = edited();
  store.edit((experiment) => groupNodes(experiment, ["hidden", "more"], "Block").experiment);
  const selection = ["group", "input>group", "group>output"];
  store.select(selection);
  store.edit((experiment) => ({ ...experiment, batchSize: 7 }));
  expect(store.getState().selection).toBe(selection);
  store.undo();
  store.undo();
  expect(store.getState().selection).toEqual([]);
});
