import { DescentError } from "../errors.ts";
import { grouped } from "./data-error.ts";
import type { Dataset } from "./dataset.ts";
import { Random } from "./random.ts";
import { splitSamples } from "./split.ts";

/** A question and its answer, as they are written. */
export interface Question {
  readonly question: string;
  readonly answer: string;
  /** The same for questions that ask the same: 2+3 and 3+2. */
  readonly key: string;
}

export interface QuestionSet {
  /** Names the stream of random numbers, and the source in errors. */
  readonly kind: string;
  readonly samples: number;
  readonly validation: number;
  readonly seed: number;
  /** How many keys there are. */
  readonly different: number;
  /** Characters of the longest question and of the longest answer. */
  readonly questionLength: number;
  readonly answerLength: number;
  readonly draw: (random: Random) => Question;
}

/** Characters of answers come first, so that a token means the same in a question and in an answer. */
const ANSWER_CHARACTERS = [..."0123456789 "];
const CHARACTERS = [...ANSWER_CHARACTERS, ..."+=·"];
const TOKENS = new Map(CHARACTERS.map((character, token) => [character, token]));
const NOT_ASKED = -1;

export const questionWords = { question: { en: "question", zh: "题目" }, answer: { en: "answer", zh: "答案" } };

/**
 * Questions with their answers as aligned sequences: the input is the question, spaces, "=" and a blank slot "·" for
 * every character of the answer, and the target has that character there; spaces end an answer that is shorter.
 * Elsewhere the target is −1. No two samples have the same key, so that no question of the validation was in training.
 * Throws "data" where there are fewer keys than samples.
 */
export function questionsAndAnswers(set: QuestionSet): Dataset {
  const { kind, samples, validation, seed, different, questionLength, answerLength, draw } = set;
  if (samples > different) {
    const [there, wanted] = [grouped(different), grouped(samples)];
    throw new DescentError("data", {
      en: `${kind}: there are ${there} different questions, and ${wanted} samples are wanted; ask for fewer samples, or for more digits`,
      zh: `${kind}：不同的题目只有 ${there} 道，却需要 ${wanted} 个样本；请减少样本数，或增加位数`,
    });
  }
  const random = new Random(seed, kind);
  const length = questionLength + 1 + answerLength;
  const questions = new Int32Array(samples * length);
  const answers = new Int32Array(samples * length).fill(NOT_ASKED);
  const taken = new Set<string>();
  while (taken.size < samples) {
    const { question, answer, key } = draw(random);
    if (taken.has(key)) continue;
    const start = taken.size * length;
    write(`${question.padEnd(questionLength)}=${"·".repeat(answerLength)}`, questions, start);
    write(answer.padEnd(answerLength), answers, start + questionLength + 1);
    taken.add(key);
  }
  const columns = new Map([
    ["question", questions],
    ["answer", answers],
  ]);
  return {
    inputs: [{ name: "question", shape: [length], dtype: "i32", categories: CHARACTERS }],
    target: { name: "answer", shape: [length], dtype: "i32", categories: ANSWER_CHARACTERS, gaps: true },
    ...splitSamples(columns, samples, validation, seed),
  };
}

/** A string of digits; each length from 1 to `digits` is as likely as the others. */
export function drawDigits(digits: number, random: Random): string {
  let text = "";
  for (let left = 1 + random.integer(digits); left > 0; left--) text += random.integer(10);
  return text;
}

function write(text: string, tokens: Int32Array, start: number): void {
  for (const [k, character] of [...text].entries()) tokens[start + k] = TOKENS.get(character) as number;
}
