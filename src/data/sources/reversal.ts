import { integer } from "../../schema/field.ts";
import { defineSource } from "../dataset.ts";
import { drawDigits, questionsAndAnswers, questionWords } from "../questions.ts";
import { samplesField, validationField } from "../source-fields.ts";

/** Strings of digits as sequences (2 · digits + 1): "0423=····" is to become "3240". */
export const reversalSource = defineSource({
  kind: "reversal",
  task: "sequence",
  label: { en: "Reversal", zh: "倒序" },
  help: {
    en: "Strings of digits; the model writes them from the last digit to the first.",
    zh: "由数字组成的串；模型把它从最后一位到第一位倒着写出来。",
  },
  words: questionWords,
  fields: {
    samples: samplesField(20_000),
    validation: validationField(0.1),
    digits: integer({
      label: { en: "Digits", zh: "位数" },
      help: { en: "How many digits a string has at most.", zh: "每串最多有几位数字。" },
      min: 1,
      max: 32,
      default: 8,
    }),
  },
  load: ({ samples, validation, digits }, seed) =>
    questionsAndAnswers({
      kind: "reversal",
      samples,
      validation,
      seed,
      // 10 + 10² + … + 10ⁿ
      different: (10 ** (digits + 1) - 10) / 9,
      questionLength: digits,
      answerLength: digits,
      draw: (random) => {
        const text = drawDigits(digits, random);
        return { question: text, answer: [...text].reverse().join(""), key: text };
      },
    }),
});
