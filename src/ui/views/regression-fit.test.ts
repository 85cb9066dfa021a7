import { expect, test } from "vitest";
import { regressionFit } from "./regression-fit.ts";

test("what is predicted as it is explains all of the variance", () => {
  expect(regressionFit([1, 2, 4], [1, 2, 4])).toEqual({ r2: 1, rootMeanSquare: 0, meanAbsolute: 0 });
});

test("the mean explains nothing", () => {
  expect(regressionFit([0, 2], [1, 1])).toEqual({ r2: 0, rootMeanSquare: 1, meanAbsolute: 1 });
});

test("of numbers that are all the same there is no variance to explain", () => {
  expect(regressionFit([3, 3], [1, 5]).r2).toBeNaN();
});
