import { type IntegerField, integer, type NumberField, number } from "../schema/field.ts";
import type { Text } from "../schema/text.ts";

// Fields that most data sources have.

/** How many samples are made, those for validation included. */
export function samplesField(initial: number, max = 100_000): IntegerField {
  return integer({
    label: { en: "Samples", zh: "样本数" },
    help: {
      en: "How many samples are made, those for validation included.",
      zh: "生成多少个样本，其中包含用于验证的样本。",
    },
    min: 10,
    max,
    default: initial,
  });
}

/** The fraction of the samples that training never sees. */
export function validationField(initial: number): NumberField {
  return number({
    label: { en: "Validation", zh: "验证集比例" },
    help: {
      en: "The fraction of the samples that is kept from training, to see how the model does on new ones.",
      zh: "不参与训练的样本所占比例，用来检验模型在新样本上的表现。",
    },
    min: 0.01,
    max: 0.9,
    default: initial,
  });
}

/** The deviation of normal noise; `help` says what it is added to. */
export function noiseField(initial: number, help: Text, max = 0.5): NumberField {
  return number({ label: { en: "Noise", zh: "噪声" }, help, min: 0, max, default: initial });
}
