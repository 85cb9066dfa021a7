import { expect, test } from "vitest";
import type { ViewPayload, ViewRequest } from "../train/view-protocol.ts";
import { createViewsStore, viewId } from "./views-store.ts";

const classify = (subject: number): ViewRequest => ({ kind: "classify", subject });
const said: ViewPayload = { kind: "classify", probabilities: Float32Array.of(1), classes: ["a"] };

function watchedStore() {
  const told: ReadonlyMap<string, ViewRequest>[] = [];
  const store = createViewsStore((requests) => told.push(requests));
  return { store, told, settle: () => new Promise((resolve) => setTimeout(resolve)) };
}

test("the worker is told once of all that opens and closes in one go", async () => {
  const { store, told, settle } = watchedStore();
  const close = store.open(classify(0));
  store.open({ kind: "filters" });
  close();
  await settle();
  expect(told).toHaveLength(1);
  expect([...(told[0]?.values() ?? [])]).toEqual([{ kind: "filters" }]);
});

test("two that look at the same share one view, which stays until both have closed", async () => {
  const { store, told, settle } = watchedStore();
  const [first, second] = [store.open(classify(0)), store.open(classify(0))];
  await settle();
  expect(told.at(-1)?.size).toBe(1);
  first();
  await settle();
  expect(told.at(-1)?.size).toBe(1);
  second();
  await settle();
  expect(told.at(-1)?.size).toBe(0);
});

test("what comes is found by its request, and gone once nobody looks", async () => {
  const { store, told, settle } = watchedStore();
  const close = store.open(classify(0));
  await settle();
  const name = [...(told[0] as ReadonlyMap<string, ViewRequest>).keys()][0] as string;
  store.receive(name, { payload: said, step: 3 });
  expect(store.getState().views.get(viewId(classify(0)))).toEqual({ payload: said, step: 3 });
  close();
  store.receive(name, { payload: said, step: 4 });
  expect(store.getState().views.size).toBe(0);
});

test("another sample is the same view to the worker, another view beside it is not", async () => {
  const { store, told, settle } = watchedStore();
  const close = store.open(classify(0));
  await settle();
  close();
  store.open(classify(1));
  store.open(classify(2));
  await settle();
  const [before, after] = told.map((requests) => [...requests.keys()]);
  expect(after).toHaveLength(2);
  expect(after).toContain(before?.[0]);
  expect(new Set(after).size).toBe(2);
  store.receive(before?.[0] as string, { payload: said, step: 5 });
  expect(store.getState().views.get(viewId(classify(1)))?.step).toBe(5);
});
