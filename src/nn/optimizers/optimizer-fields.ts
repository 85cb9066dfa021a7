import { type NumberField, number } from "../../schema/field.ts";
import type { Text } from "../../schema/text.ts";

/** A share of the old value that a running mean keeps: live, from 0 to just below 1. */
export function decayField(label: Text, help: Text, value: number): NumberField {
  return number({ label, help, min: 0, max: 0.999999, default: value, live: true });
}

export function momentumField(value: number): NumberField {
  return decayField(
    { en: "Momentum", zh: "动量" },
    { en: "How much of its last step a parameter keeps.", zh: "参数在多大程度上保持上一步的方向。" },
    value,
  );
}

export function beta1Field(value: number): NumberField {
  return decayField(
    { en: "β₁", zh: "β₁" },
    { en: "How slowly the running mean of the gradient changes.", zh: "梯度滑动平均的衰减率，越大变化越慢。" },
    value,
  );
}

export function beta2Field(value: number): NumberField {
  return decayField(
    { en: "β₂", zh: "β₂" },
    {
      en: "How slowly the running mean of the squared gradient changes.",
      zh: "梯度平方滑动平均的衰减率，越大变化越慢。",
    },
    value,
  );
}

export function epsilonField(value: number): NumberField {
  return number({
    label: { en: "Epsilon", zh: "ε" },
    help: {
      en: "Keeps the step small where gradients are all but 0.",
      zh: "加在分母上的小量，避免梯度接近 0 时步长过大。",
    },
    min: 1e-20,
    max: 1,
    default: value,
    live: true,
    scale: "log",
  });
}
