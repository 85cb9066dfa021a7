import type { Column } from "../../data/dataset.ts";
import type { ViewRequest } from "../view-protocol.ts";
import { textStep } from "./text-step.ts";
import { cannotShow, type ViewedRun, type ViewOpener } from "./view.ts";
import { ViewPlan } from "./view-plan.ts";

/** Tokens that are written in a look: the training has its turn between them. */
const TOKENS_PER_LOOK = 16;
const MAX_LENGTH = 4096;

/** What a text begins with where the prompt has no character that the model knows, as far as the vocabulary has it. */
const BEGINNINGS = ["\n", " "];

/** How the model goes on with a prompt: some tokens a look, each text with the weights of its beginning. */
export const openText: ViewOpener<"text"> = async (run, request) => {
  const { column, vocabulary } = textOf(run);
  const length = Math.max(1, Math.min(MAX_LENGTH, Math.floor(request.length)));
  const step = textStep(run, column, length);
  const plan = await ViewPlan.create(run, step.program);
  const placeOf = new Map(vocabulary.map((character, token) => [character, token]));
  let asked = request;
  let prompt = "";
  let count = 0;
  let isUnfinished = false;

  /** Puts the prompt into the window, and takes the weights for this text. */
  const begin = () => {
    const known = [...asked.prompt].filter((character) => placeOf.has(character));
    prompt = known.join("");
    const read = known.length > 0 ? known : [BEGINNINGS.find((character) => placeOf.has(character)) ?? ""];
    const tokens = read.map((character) => placeOf.get(character) ?? 0);
    const { values, place } = windowOf(tokens, column.shape[0] as number, step.readsWhole, placeOf.get(" ") ?? 0);
    plan.write([
      [step.window, values],
      [step.place, [place]],
      [step.count, [0]],
      [step.seed, [asked.seed >>> 0]],
      [step.temperature, [Math.max(0, asked.temperature)]],
    ]);
    plan.borrow();
    count = 0;
  };

  return {
    get isUnfinished() {
      return isUnfinished;
    },
    async look() {
      if (!isUnfinished) begin();
      const more = Math.min(TOKENS_PER_LOOK, length - count);
      count += more;
      isUnfinished = count < length;
      const isDone = !isUnfinished;
      await plan.run(more);
      const tokens = (await plan.read(step.written)).subarray(0, count);
      const written = Array.from(tokens, (token) => vocabulary[token] ?? "").join("");
      return { kind: "text", prompt, written, isDone };
    },
    change(next: ViewRequest<"text">) {
      if (Math.floor(next.length) !== Math.floor(asked.length)) return false;
      asked = next;
      isUnfinished = false;
      return true;
    },
    destroy: () => plan.destroy(),
  };
};

/** The column of text and its characters, where a model learns which of them comes next. */
function textOf({ dataset: { inputs, target } }: ViewedRun): { column: Column; vocabulary: readonly string[] } {
  const [column, ...others] = inputs;
  const isText = column?.dtype === "i32" && column.shape.length === 1 && column.categories !== undefined;
  const { categories: vocabulary } = target;
  const goesOn = target.dtype === "i32" && target.gaps !== true && vocabulary?.length === column?.categories?.length;
  if (isText && others.length === 0 && goesOn && vocabulary !== undefined) return { column, vocabulary };
  return cannotShow({
    en: "a text is written by models that learn which character comes next, and this data is of another kind; choose a text",
    zh: "续写视图用于学习预测下一个字符的模型，而当前数据不是文本；请选择文本数据集",
  });
}

/** A window with the end of the tokens, and the place of the last: padded behind them, or before, where it must be full. */
function windowOf(
  tokens: readonly number[],
  steps: number,
  mustBeFull: boolean,
  padding: number,
): { values: Int32Array<ArrayBuffer>; place: number } {
  const read = tokens.slice(-steps);
  const values = new Int32Array(steps).fill(padding);
  values.set(read, mustBeFull ? steps - read.length : 0);
  return { values, place: mustBeFull ? steps - 1 : read.length - 1 };
}
