import { DescentError } from "../errors.ts";
import { excerpt, fileError } from "./data-error.ts";
import type { DataFile } from "./dataset.ts";

/** Two files that belong together. */
export interface ImageFiles {
  readonly images: DataFile;
  readonly labels: DataFile;
}

type Part = "training" | "validation";

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
      const names = 'its name needs "train" or "t10k", and "images" or "labels", as in "train-images-idx3-ubyte.gz"';
      throw fileError(file.name, `belongs to no set of images: ${names}; rename it or leave it out`);
    }
    const other = found[part][content];
    if (other !== undefined) {
      throw fileError(
        file.name,
        `has the ${part} ${content}, and so has ${excerpt(other.name)}; leave one of them out`,
      );
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
  const problem = `there is no file with the ${part} ${content}`;
  throw new DescentError("data", `${problem}; add "${EXPECTED[part][content]}", plain or .gz`);
}
