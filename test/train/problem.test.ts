import { expect, test } from "vitest";
import { DescentError } from "../../src/errors.ts";
import { ModelError } from "../../src/nn/model-error.ts";
import { problemOf } from "../../src/train/problem.ts";

const text = { en: "it is wrong; mend it", zh: "它有误；请修正" };

test("an error in both languages is told as it is, without op and node before it", () => {
  const error = new DescentError("graph", text, { op: "matmul", node: "dense_1" });
  expect(error.message).toBe('matmul "dense_1": it is wrong; mend it');
  expect(problemOf(error)).toEqual({ kind: "graph", text, node: "dense_1", repairs: [] });
});

test("the error of a model brings its repairs", () => {
  const repairs = [{ kind: "remove" }] as const;
  const error = new ModelError("shape", text, { layer: "Dense", node: "dense_1" }, repairs);
  expect(problemOf(error)).toEqual({ kind: "shape", text, node: "dense_1", repairs });
});

test("an error in English alone is led in Chinese", () => {
  const error = new DescentError("validation", "WebGPU says: no");
  expect(problemOf(error).text).toEqual({
    en: "WebGPU says: no",
    zh: "WebGPU 拒绝了一次调用：WebGPU says: no",
  });
});
