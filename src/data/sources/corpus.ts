import { choice } from "../../schema/field.ts";
import { defineSource } from "../dataset.ts";
import { textFields } from "../text-fields.ts";
import { textDataset, textWords } from "../text-vocabulary.ts";

interface Piece {
  readonly form: "prose" | "verse";
  /** Imported only when asked for, so that a page that trains on something else does not download it. */
  read(): Promise<{ readonly default: string }>;
}

/**
 * The pieces as they are joined. Verse stands among the prose, and prose of every tone at the end, so that the last
 * tenth, kept for validation, is written like what comes before it.
 */
const pieces: readonly Piece[] = [
  { form: "prose", read: () => import("../corpus/the-lighthouse.txt?raw") },
  { form: "verse", read: () => import("../corpus/verses.txt?raw") },
  { form: "prose", read: () => import("../corpus/a-year-in-the-garden.txt?raw") },
  { form: "prose", read: () => import("../corpus/letters-from-a-long-road.txt?raw") },
  { form: "prose", read: () => import("../corpus/a-walk-through-the-machine.txt?raw") },
  { form: "verse", read: () => import("../corpus/ballads.txt?raw") },
  { form: "prose", read: () => import("../corpus/kitchen-notebook.txt?raw") },
  { form: "prose", read: () => import("../corpus/lost-property.txt?raw") },
  { form: "prose", read: () => import("../corpus/fables.txt?raw") },
];

/** Windows of the characters of a text written for this project: about 118,000, 73 of them different. */
export const corpusSource = defineSource({
  kind: "corpus",
  task: "text",
  label: { en: "Prose and verse", zh: "散文与诗歌" },
  help: {
    en: "English stories, letters, essays, fables and ballads; the model learns which character comes next.",
    zh: "英文故事、书信、随笔、寓言与歌谣，按字符读取；模型学习预测下一个字符。",
  },
  words: textWords,
  fields: {
    part: choice({
      label: { en: "Part", zh: "体裁" },
      help: { en: "Whether to read all of it, the prose or the verse.", zh: "读取全部文本，还是只读散文或只读诗歌。" },
      options: ["all", "prose", "verse"],
      words: {
        all: { en: "all", zh: "全部" },
        prose: { en: "prose", zh: "散文" },
        verse: { en: "verse", zh: "诗歌" },
      },
      default: "all",
    }),
    ...textFields,
  },
  async load({ part, ...windows }) {
    const chosen = pieces.filter(({ form }) => part === "all" || part === form);
    const texts = await Promise.all(chosen.map(async ({ read }) => (await read()).default));
    return textDataset(texts.join("\n"), windows);
  },
});
