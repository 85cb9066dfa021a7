import { expect, test } from "vitest";
import type { DataDescription } from "../train/protocol.ts";
import { createRunStore } from "./run-store.ts";
import { RunSeries } from "./series.ts";
import { createSubjectStore, isSubjectOf } from "./subject-store.ts";

const images: DataDescription = {
  task: "classification",
  inputs: [{ name: "image", shape: [28, 28, 1], dtype: "f32" }],
  target: { name: "digit", shape: [], dtype: "i32", categories: ["0", "1"] },
  trainingSamples: 90,
  validationSamples: 10,
};

test("a place is a subject of data that has so many validation samples", () => {
  expect(isSubjectOf(9, images)).toBe(true);
  expect(isSubjectOf(10, images)).toBe(false);
});

test("a drawing is a subject of data whose input has its size", () => {
  expect(isSubjectOf(new Float32Array(784), images)).toBe(true);
  expect(isSubjectOf(new Float32Array(1024), images)).toBe(false);
});

test("a drawing that other data cannot take gives way to the first sample, and one that fits stays", () => {
  const run = createRunStore(new RunSeries());
  const store = createSubjectStore(run);
  const drawing = new Float32Array(784);
  store.setState({ subject: drawing });
  run.setState({ opened: openedOn(images) });
  expect(store.getState().subject).toBe(drawing);
  run.setState({ opened: openedOn({ ...images, inputs: [{ name: "wave", shape: [64, 1], dtype: "f32" }] }) });
  expect(store.getState().subject).toBe(0);
});

function openedOn(data: DataDescription) {
  return { data } as NonNullable<ReturnType<ReturnType<typeof createRunStore>["getState"]>["opened"]>;
}
