import { expect, test } from "vitest";
import { formatPercent } from "./percent.ts";

test("shares are said with as many digits as matter", () => {
  expect([0, 0.5, 0.042, 0.0003, 0, 1].map(formatPercent)).toEqual(["0%", "50%", "4.2%", "<0.1%", "0%", "100%"]);
});

test("nearly all is not all", () => {
  expect(formatPercent(299 / 300)).toBe("99.6%");
  expect(formatPercent(0.99999)).toBe("99.9%");
});

test("a share of nothing is a dash", () => {
  expect(formatPercent(0 / 0)).toBe("–");
});
