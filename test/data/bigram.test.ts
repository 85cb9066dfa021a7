import { expect, test } from "vitest";
import { bigramLoss } from "../../src/data/bigram.ts";
import { DescentError } from "../../src/errors.ts";

test("the loss is the mean of −ln (count(a, b) + 1) / (count(a) + V) over the pairs of the validation text", () => {
  // 0 is followed by 1, 1, 2; 1 by 0, 0; 2 by nothing, for it is the last. V = 3.
  const training = Int32Array.of(0, 1, 0, 1, 0, 2);
  // Pairs 0 1, 1 0, 0 0, 0 2, 2 2.
  const validation = Int32Array.of(0, 1, 0, 0, 2, 2);
  const probabilities = [(2 + 1) / (3 + 3), (2 + 1) / (2 + 3), (0 + 1) / (3 + 3), (1 + 1) / (3 + 3), (0 + 1) / (0 + 3)];
  const expected = -probabilities.reduce((total, p) => total + Math.log(p), 0) / 5;
  expect(bigramLoss(training, validation, 3)).toBeCloseTo(expected, 14);
});

test("of what it has never seen it says that every token is as likely: ln V", () => {
  expect(bigramLoss(new Int32Array(0), Int32Array.of(4, 0, 2, 6), 7)).toBeCloseTo(Math.log(7), 14);
});

test("in a text in which one token always follows another, the loss goes to zero as the text grows", () => {
  const alternating = (count: number) => Int32Array.from({ length: count }, (_, i) => i % 2);
  // Of n pairs, n / 2 begin with each token: −ln (n/2 + 1) / (n/2 + 2).
  for (const pairs of [10, 1000, 100_000]) {
    const expected = Math.log((pairs / 2 + 2) / (pairs / 2 + 1));
    expect(bigramLoss(alternating(pairs + 1), alternating(51), 2)).toBeCloseTo(expected, 12);
  }
});

test("a validation text without a pair is refused with its length and the cure", () => {
  const measure = () => bigramLoss(Int32Array.of(0, 1, 0), Int32Array.of(1), 2);
  expect(measure).toThrow(DescentError);
  expect(measure).toThrow(/1 tokens for validation make no pair.*at least 2/);
});
