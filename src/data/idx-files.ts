import { DescentError } from "../errors.ts";
import type { Text } from "../schema/text.ts";
import { excerpt, fileError } from "./data-error.ts";
import type { DataFile } from "./dataset.ts";
import { PARTS, type Part } from "./parts.ts";

/** Two files that belong together. */
export interface ImageFiles {
  readonly images: DataFile;
  readonly labels: DataFile;
}

const CONTENTS: Readonly<Record<keyof ImageFiles, Text>> = {
  images: { en: "images", zh: "图像" },
  labels: { en: "labels", zh: "标签" },
};

const EXPECTED: Readonly<Record<Part, Readonly<Record<keyof ImageFiles, string>>>> = {
  training: { images: "train-images-idx3-ubyte", labels: "train-labels-idx1-ubyte" },
  validation: { images: "t10k-images-idx3-ubyte", labels: "t10k-labels-idx1-ubyte" },
};

/**
 * Which file is what, by the names that MNIST and its successors have: "train", or "t10k" or "test"; "images" or
 * "labels". Throws "data" where a file is missing, there twice, or none of these.
 */
export function idxFiles(files: readonly DataFile[]): { training: ImageFiles; validation: ImageFiles | undefined } {
  const found: Record<Part, Partial<Record<keyof ImageFiles, DataFile>>> = { training: {}, validation: {} };
  for (const file of files) {
    const part = partOf(file.name);
    const content = contentOf(file.name);
    if (part === undefined || content === undefined) {
      throw fileError(file.name, {
        en: 'belongs to no set of images: its name needs "train" or "t10k", and "images" or "labels", as in "train-images-idx3-ubyte.gz"; rename it or leave it out',
        zh: "不属于任何一组图像：文件名须含有“train”或“t10k”，以及“images”或“labels”，例如“train-images-idx3-ubyte.gz”；请重命名，或去掉该文件",
      });
    }
    const other = found[part][content];
    if (other !== undefined) {
      const second = excerpt(other.name);
      throw fileError(file.name, {
        en: `has the ${PARTS[part].en} ${CONTENTS[content].en}, and so has ${second.en}; leave one of them out`,
        zh: `含有${PARTS[part].zh}${CONTENTS[content].zh}，而${second.zh}也含有；请去掉其中一个`,
      });
    }
    found[part][content] = file;
  }
  const none = found.validation.images === undefined && found.validation.labels === undefined;
  return {
    training: complete("training", found.training),
    validation: none ? undefined : complete("validation", found.validation),
  };
}

function partOf(name: string): Part | undefined {
  if (/train/i.test(name)) return "training";
  return /t10k|test/i.test(name) ? "validation" : undefined;
}

function contentOf(name: string): keyof ImageFiles | undefined {
  if (/image/i.test(name)) return "images";
  return /label/i.test(name) ? "labels" : undefined;
}

function complete(part: Part, { images, labels }: Partial<Record<keyof ImageFiles, DataFile>>): ImageFiles {
  if (images !== undefined && labels !== undefined) return { images, labels };
  const content = images === undefined ? "images" : "labels";
  const expected = EXPECTED[part][content];
  throw new DescentError("data", {
    en: `there is no file with the ${PARTS[part].en} ${CONTENTS[content].en}; add "${expected}", plain or .gz`,
    zh: `缺少${PARTS[part].zh}${CONTENTS[content].zh}的文件；请加上“${expected}”，可以是 .gz 压缩文件`,
  });
}
