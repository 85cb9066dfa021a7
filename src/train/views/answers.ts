import { argmax } from "../../graph/ops/argmax.ts";
import { cast } from "../../graph/ops/cast.ts";
import { columnValues } from "../sample-values.ts";
import { collect } from "./collected.ts";
import { cannotShow, type ViewOpener } from "./view.ts";

/** The blank slots of a question, of which one stands for each character of the answer. */
const SLOT = "·";

/** Answers of a model that writes a sequence at once, beside the right ones. */
export const openAnswers: ViewOpener<"answers"> = async (run, { count }) => {
  const { target, inputs } = run.dataset;
  const [input] = inputs;
  const [questionCharacters, answerCharacters] = [input?.categories, target.categories];
  const isAsked = target.shape.length === 1 && target.gaps === true;
  if (input === undefined || questionCharacters === undefined || answerCharacters === undefined || !isAsked) {
    return cannotShow({
      en: "answers are of questions and answers in characters, which this data does not have; choose addition or reversal",
      zh: "答案视图用于由字符组成的问答数据，而当前数据不是；请选择加法或倒序数据集",
    });
  }
  const length = target.shape[0] as number;
  const collected = await collect(run, Math.max(1, count), ({ output }) => cast(argmax(output, -1), "f32"));
  const places = [...new Array(collected.samples.count).keys()];
  const questions = columnValues(input, collected.samples, places);
  const truths = columnValues(target, collected.samples, places);
  return {
    async look() {
      const said = await collected.look();
      const answers = places.map((sample) => {
        const start = sample * length;
        const asked = truths.subarray(start, start + length);
        const written = (tokens: ArrayLike<number>) =>
          Array.from(asked, (truth, k) => (truth < 0 ? "" : answerCharacters[tokens[start + k] as number])).join("");
        const question = Array.from(
          questions.subarray(start, start + length),
          (token) => questionCharacters[token] ?? "",
        ).join("");
        return {
          question: question.replaceAll(SLOT, "").trim(),
          truth: written(truths).trimEnd(),
          answer: written(said).trimEnd(),
        };
      });
      return { kind: "answers", answers };
    },
    destroy: () => collected.destroy(),
  };
};
