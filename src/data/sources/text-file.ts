import { defineSource } from "../dataset.ts";
import { readText } from "../formats/text.ts";
import { oneFile } from "../one-file.ts";
import { textFields } from "../text-fields.ts";
import { textDataset, textWords } from "../text-vocabulary.ts";

/** A token of 4 bytes for each character, so the ids of the longest text take 256 MiB. */
const MAX_BYTES = 2 ** 26;

/** Windows of the characters of a text file; see `textDataset`. */
export const textFileSource = defineSource({
  kind: "textFile",
  task: "text",
  label: { en: "Text file", zh: "文本文件" },
  help: {
    en: "The characters of a plain text file of yours; the model learns which character comes next.",
    zh: "你自己的纯文本文件，按字符读取；模型学习预测下一个字符。",
  },
  words: textWords,
  fields: textFields,
  files: {
    accept: ".txt,.md,.text",
    help: {
      en: "A plain text file in UTF-8 (or UTF-16 with its byte order mark), of at most 512 different characters.",
      zh: "UTF-8（或带字节顺序标记的 UTF-16）编码的纯文本文件，最多包含 512 种不同的字符。",
    },
  },
  load: (config, _seed, files) => {
    const file = oneFile(files, { en: "a plain text file (.txt)", zh: "纯文本文件（.txt）" });
    return textDataset(readText(file, MAX_BYTES), config);
  },
});
