import { auto } from "../../schema/field.ts";
import { fileError, grouped } from "../data-error.ts";
import { type DataFile, type Dataset, defineSource, type Samples } from "../dataset.ts";
import type { IdxArray } from "../formats/idx.ts";
import { idxFiles } from "../idx-files.ts";
import { validationField } from "../source-fields.ts";
import { splitSamples } from "../split.ts";

/** Labels are bytes. */
const MAX_CLASSES = 256;

interface LabelledImages {
  readonly images: DataFile;
  readonly labels: DataFile;
  readonly pixels: IdxArray;
  readonly classes: Int32Array<ArrayBuffer>;
}

/** Images (H, W, 1) in bytes and their labels, from IDX files as those of MNIST. */
export const idxImagesSource = defineSource({
  kind: "idxImages",
  task: "classification",
  label: { en: "IDX images", zh: "IDX 图像" },
  help: {
    en: "Grey images with labels in IDX files, such as MNIST, Fashion-MNIST or EMNIST.",
    zh: "IDX 文件中带标签的灰度图像，例如 MNIST、Fashion-MNIST 或 EMNIST。",
  },
  words: { image: { en: "image", zh: "图像" }, label: { en: "label", zh: "标签" } },
  fields: {
    classes: auto({
      label: { en: "Classes", zh: "类别数" },
      help: {
        en: "How many classes there are; labels run from 0 to one less.",
        zh: "共有多少个类别；标签从 0 开始，到类别数减 1 为止。",
      },
      auto: { en: "One more than the largest training label.", zh: "训练标签的最大值加 1。" },
      min: 2,
      max: MAX_CLASSES,
      default: "auto",
    }),
    validation: validationField(0.1),
  },
  files: {
    accept: "",
    help: {
      en: "train-images and train-labels, and t10k-images and t10k-labels for validation, plain or .gz. Without the t10k files, part of the training samples is kept for validation.",
      zh: "train-images 和 train-labels，以及用于验证的 t10k-images 和 t10k-labels，可以是 .gz 压缩文件。没有 t10k 文件时，从训练样本中留出一部分用于验证。",
    },
  },
  async load(config, seed, files): Promise<Dataset> {
    const found = idxFiles(files);
    const training = await labelled(found.training);
    const validation = found.validation && (await labelled(found.validation));
    const classes = config.classes === "auto" ? largest(training.classes) + 1 : config.classes;
    checkLabels(training, classes);
    if (validation !== undefined) {
      checkLabels(validation, classes);
      checkSameSize(training, validation);
    }
    const [count, height, width] = training.pixels.shape as [number, number, number];
    if (validation === undefined && count < 2) {
      throw fileError(training.images.name, {
        en: "has 1 image, and one more is needed for validation; choose a larger file",
        zh: "只有 1 幅图像，还需要一幅用于验证；请选择更大的文件",
      });
    }
    return {
      inputs: [{ name: "image", shape: [height, width, 1], dtype: "f32" }],
      target: {
        name: "label",
        shape: [],
        dtype: "i32",
        categories: Array.from({ length: classes }, (_, label) => String(label)),
      },
      ...(validation === undefined
        ? splitSamples(columnsOf(training), count, config.validation, seed)
        : { training: samplesOf(training), validation: samplesOf(validation) }),
    };
  },
});

async function labelled({ images, labels }: { images: DataFile; labels: DataFile }): Promise<LabelledImages> {
  // Imported only now: most pages never read such files.
  const { readIdx } = await import("../formats/idx.ts");
  const pixels = await readIdx(images, 3);
  const bytes = await readIdx(labels, 1);
  const [imageCount, labelCount] = [pixels.shape[0] as number, bytes.shape[0] as number];
  if (imageCount !== labelCount) {
    throw fileError(labels.name, {
      en: `has ${grouped(labelCount)} labels, but "${images.name}" has ${grouped(imageCount)} images; choose files that belong together`,
      zh: `有 ${grouped(labelCount)} 个标签，而“${images.name}”有 ${grouped(imageCount)} 幅图像；请选择配套的文件`,
    });
  }
  return { images, labels, pixels, classes: Int32Array.from(bytes.values) };
}

function columnsOf({ pixels, classes }: LabelledImages): Map<string, typeof pixels.values | typeof classes> {
  return new Map<string, typeof pixels.values | typeof classes>([
    ["image", pixels.values],
    ["label", classes],
  ]);
}

function samplesOf(images: LabelledImages): Samples {
  const columns = [...columnsOf(images)].map(([name, values]) => [name, { values }] as const);
  return { count: images.classes.length, columns: new Map(columns) };
}

function largest(labels: Int32Array): number {
  return labels.reduce((most, label) => Math.max(most, label), 0);
}

function checkLabels({ labels, classes }: LabelledImages, count: number): void {
  const sample = classes.findIndex((label) => label >= count);
  if (sample < 0) return;
  // People count from 1.
  const number = grouped(sample + 1);
  throw fileError(labels.name, {
    en: `the label of sample ${number} is ${classes[sample]}, the ${count} classes go from 0 to ${count - 1}; choose files that belong together, or set "classes" to what they have`,
    zh: `样本 ${number} 的标签为 ${classes[sample]}，而 ${count} 个类别为 0 到 ${count - 1}；请选择配套的文件，或把“类别数”设为文件中的类别数`,
  });
}

function checkSameSize(training: LabelledImages, validation: LabelledImages): void {
  const [ours, theirs] = [training, validation].map(({ pixels }) => pixels.shape.slice(1).join(" × "));
  if (ours === theirs) return;
  throw fileError(validation.images.name, {
    en: `its images are ${theirs}, those of "${training.images.name}" ${ours}; choose files that belong together`,
    zh: `其中的图像为 ${theirs}，而“${training.images.name}”的图像为 ${ours}；请选择配套的文件`,
  });
}
