import { expect, test } from "vitest";
import { confusionSums, worstConfusions } from "./confusion-sums.ts";

// Rows are the truth: 5 of class 0, of which 1 is taken for 2; 4 of class 1, of which 3 are taken for 0; 2 of class 2.
const confusion = [4, 0, 1, 3, 1, 0, 0, 0, 2];

test("rows add up to the samples of each class, the diagonal to the right ones", () => {
  expect(confusionSums(confusion, 3)).toEqual({ total: 11, right: 7, truths: [5, 4, 2], mostWrong: 3, mostRight: 4 });
});

test("the worst confusions come first, and what is right is none", () => {
  expect(worstConfusions(confusion, 3, 10)).toEqual([
    { truth: 1, predicted: 0, count: 3 },
    { truth: 0, predicted: 2, count: 1 },
  ]);
  expect(worstConfusions(confusion, 3, 1)).toHaveLength(1);
});

test("without samples all sums are 0", () => {
  expect(confusionSums([0, 0, 0, 0], 2)).toMatchObject({ total: 0, right: 0, truths: [0, 0] });
});
