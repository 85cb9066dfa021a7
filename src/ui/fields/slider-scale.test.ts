import { describe, expect, test } from "vitest";
import { sliderScale } from "./slider-scale.ts";

const rate = { min: 0, max: 1e12, default: 0.001, scale: "log" as const };
const decay = { min: 0, max: 100, default: 0, scale: "log" as const };
const share = { min: 0, max: 0.99, default: 0.5 };
const deviation = { min: 0, max: 100, default: 0.1 };

const all = [rate, decay, share, deviation, { min: 1e-20, max: 1, default: 1e-8, scale: "log" as const }];

describe("a slider", () => {
  test.each(all)("of %j goes up with every position, within the limits", (field) => {
    const scale = sliderScale(field, field.default);
    const values = Array.from({ length: scale.last + 1 }, (_, position) => scale.toValue(position));
    for (const [k, value] of values.entries()) {
      expect(value).toBeGreaterThanOrEqual(field.min);
      expect(value).toBeLessThanOrEqual(field.max);
      if (k > 0) expect(value, `position ${k}`).toBeGreaterThan(values[k - 1] as number);
    }
  });

  test.each(all)("of %j stands at the position that gave a value, so that arrows never stick", (field) => {
    const scale = sliderScale(field, field.default);
    for (let position = 0; position <= scale.last; position++) {
      expect(scale.toPosition(scale.toValue(position))).toBe(position);
    }
  });

  test.each([...all, { min: 0, max: 0.999999, default: 0.9 }])("of %j gives the default back exactly", (field) => {
    const scale = sliderScale(field, field.default);
    expect(scale.toValue(scale.toPosition(field.default))).toBeCloseTo(field.default, 12);
  });

  test("of a learning rate reaches three factors of ten around its default, not 10¹²", () => {
    const scale = sliderScale(rate, 0.001);
    expect([scale.toValue(0), scale.toValue(scale.last)]).toEqual([1e-6, 1]);
  });

  test("has 0 before all factors where that is the default", () => {
    const scale = sliderScale(decay, 0);
    expect([scale.toPosition(0), scale.toValue(0)]).toEqual([0, 0]);
    expect(scale.toValue(1)).toBe(1e-6);
  });

  test("reaches ten times the default where the limit is far away", () => {
    const scale = sliderScale(deviation, 0.1);
    expect(scale.toValue(scale.last)).toBe(1);
  });

  test("reaches as far as a value that was typed, and does not move it", () => {
    const far = sliderScale(rate, 40);
    expect(far.toValue(far.last)).toBeGreaterThanOrEqual(40);
    expect(far.toValue(far.toPosition(40))).toBe(40);
    expect(sliderScale(deviation, 12).toPosition(12)).toBe(sliderScale(deviation, 12).last);
  });

  test("keeps its range while it is dragged within it", () => {
    expect(sliderScale(rate, 1e-5).last).toBe(sliderScale(rate, 0.7).last);
  });
});
