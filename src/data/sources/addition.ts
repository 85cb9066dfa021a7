import { flag, integer } from "../../schema/field.ts";
import { defineSource } from "../dataset.ts";
import { drawDigits, questionsAndAnswers, questionWords } from "../questions.ts";
import { samplesField, validationField } from "../source-fields.ts";

/**
 * Sums of two whole numbers as sequences (3 · digits + 3): " 12+345=····" is to become "357 ", with both numbers set flush
 * right, as they are written by hand, so that digits of a place stand in a column.
 */
export const additionSource = defineSource({
  kind: "addition",
  task: "sequence",
  label: { en: "Addition", zh: "加法" },
  help: {
    en: "Sums of two numbers, written out; the model writes the answer digit by digit.",
    zh: "写成文字的两数之和；模型逐位写出答案。",
  },
  words: questionWords,
  fields: {
    samples: samplesField(50_000),
    validation: validationField(0.1),
    digits: integer({
      label: { en: "Digits", zh: "位数" },
      help: { en: "How many digits the numbers have at most.", zh: "加数最多有几位。" },
      min: 1,
      max: 8,
      default: 3,
    }),
    reversed: flag({
      label: { en: "Last digit first", zh: "低位在前" },
      help: {
        en: "The answer is written from its last digit on, as it is carried out by hand.",
        zh: "答案从最低位写起，与竖式计算的顺序一致。",
      },
      default: false,
    }),
  },
  load: ({ samples, validation, digits, reversed }, seed) => {
    const numbers = 10 ** digits;
    return questionsAndAnswers({
      kind: "addition",
      samples,
      validation,
      seed,
      different: (numbers * (numbers + 1)) / 2,
      questionLength: 2 * digits + 1,
      answerLength: digits + 1,
      draw: (random) => {
        const first = Number(drawDigits(digits, random));
        const second = Number(drawDigits(digits, random));
        const sum = [...String(first + second)];
        return {
          question: `${String(first).padStart(digits)}+${String(second).padStart(digits)}`,
          answer: (reversed ? sum.reverse() : sum).join(""),
          key: `${Math.min(first, second)}+${Math.max(first, second)}`,
        };
      },
    });
  },
});
